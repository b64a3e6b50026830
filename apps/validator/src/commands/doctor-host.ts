import { existsSync, statfsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { signerFromFile } from "@assay/chain/wallet";
import { CodedError, REQUEST_WINDOW_MS } from "@assay/core";
import { checkIdentity } from "../store/check.ts";
import { openExisting, refuseIfMoved } from "../store/open.ts";
import { adviceFor } from "./doctor-advice.ts";
import { type Finding, fail, type Patient, type Probe, pass, warn } from "./doctor-finding.ts";

const MEGABYTE = 1_000_000;
const LEAST_BYTES = 50 * MEGABYTE;
const ENOUGH_BYTES = 1_000 * MEGABYTE;
/** A head is at most a few blocks old; further off is the clock, or a chain that stands still. */
const CLOCK_MS = { early: 5_000, late: 60_000 } as const;

/** What lies on this machine: disk, wallet, journal, clock. */
export const HOST_PROBES: readonly Probe[] = [
  { name: "disk", look: async ({ folder }) => [diskOf(folder)] },
  { name: "wallet", look: async ({ settings }) => [await walletOf(settings.hotkeyFile)] },
  { name: "journal", look: async (patient) => [journalOf(patient)] },
  { name: "clock", look: clockOf },
];

function diskOf(folder: string): Finding {
  const { bavail, bsize } = statfsSync(nearest(resolve(folder)));
  const free = bavail * bsize;
  const says = `${Math.round(free / MEGABYTE)} MB free for ${folder}`;
  if (free < LEAST_BYTES)
    return fail("disk", says, "free the disk: nothing is signed that cannot be written down first");
  return free < ENOUGH_BYTES
    ? warn("disk", says, "make room: agents and the journal need some")
    : pass("disk", says);
}

/** The folder itself, or the nearest above it that exists. */
function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(dirname(folder));
}

async function walletOf(path: string): Promise<Finding> {
  try {
    const { address } = await signerFromFile(path);
    return pass("wallet", `${path} holds ${address}, readable by its owner only`);
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error);
    return fail("wallet", says, "give the hotkey file of btcli, mode 600; the coldkey is never needed");
  }
}

function journalOf({ folder, signer, chain }: Patient): Finding {
  const ours = { ...(signer && { hotkey: signer.address }), ...(chain && { genesis: chain.genesisHash }) };
  try {
    const store = openExisting(folder);
    try {
      refuseIfMoved(store.db, store.path);
      checkIdentity(store.identity, store.path, ours);
      return pass("journal", `whole, of ${store.identity.hotkey}`);
    } finally {
      store.close();
    }
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    const code: string = error.code;
    if (code === "VALIDATOR_JOURNAL_LOCKED") return pass("journal", "in use by a running validator");
    if (code === "VALIDATOR_JOURNAL_ABSENT") return pass("journal", "none yet; the first start makes it");
    return fail("journal", error.message, adviceFor(code));
  }
}

async function clockOf({ chain, settings, signer, nowMs }: Patient): Promise<Finding[]> {
  if (chain === undefined || signer === undefined) return [];
  const { hash } = await chain.bestHead();
  const { netuid, mechid } = settings;
  const { timeMs } = await chain.signerState({ netuid, mechid, hotkey: signer.address }, { at: hash });
  const offset = nowMs() - timeMs;
  const says = `this clock is ${Math.round(offset / 1_000)} s after the newest block's`;
  if (offset >= -CLOCK_MS.early && offset <= CLOCK_MS.late) return [pass("clock", says)];
  const advice =
    "set the clock (NTP), or, if it is right, look whether the chain stands still; a development chain keeps a time of its own";
  const isRefused = Math.abs(offset) > CLOCK_MS.late + REQUEST_WINDOW_MS;
  return [
    isRefused
      ? fail("clock", `${says}: the backend refuses requests so far off`, advice)
      : warn("clock", says, advice),
  ];
}
