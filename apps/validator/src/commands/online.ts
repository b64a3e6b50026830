import { type Chain, connectChain } from "@assay/chain";
import { signerFromFile } from "@assay/chain/wallet";
import type { Signer } from "@assay/core";
import { createBackend } from "../backend.ts";
import type { CommandLine } from "../command-line.ts";
import { readSettings, type Settings } from "../env.ts";
import { EXIT } from "../exit.ts";
import { createLog, type Logger } from "../log.ts";
import { journalFolder } from "../store/open.ts";
import { examine, isFit, renderFindings } from "./doctor.ts";
import { dryRun } from "./dry-run.ts";
import type { Surroundings } from "./offline.ts";
import { recover } from "./recover.ts";

/** Commands that look at the chain. */
export function performOnline(line: CommandLine, surroundings: Surroundings): Promise<number> {
  const settings = readSettings(line.settings);
  if (line.command === "doctor") return doctor(settings, line, surroundings);
  if (line.command === "recover") return recovery(settings, surroundings);
  return preview(settings, surroundings);
}

async function doctor(
  settings: Settings,
  { switches }: CommandLine,
  { write }: Surroundings,
): Promise<number> {
  const connect = (url: string) => connectChain({ url, deadlineMs: 10_000 });
  const signer = await signerFromFile(settings.hotkeyFile).catch(() => undefined);
  const chain = await connectChain({ url: settings.chainUrl, deadlineMs: 10_000 }).catch(() => undefined);
  try {
    const client = signer && createBackend(settings, signer);
    const folder = journalFolder(settings);
    const findings = await examine({ settings, folder, nowMs: Date.now, connect, chain, signer, client });
    write(switches.has("--json") ? `${JSON.stringify(findings)}\n` : `${renderFindings(findings)}\n`);
    return isFit(findings) ? EXIT.done : EXIT.failed;
  } finally {
    await chain?.close();
  }
}

async function recovery(settings: Settings, { write }: Surroundings): Promise<number> {
  return onChain(settings, async ({ chain, signer }) => {
    const { netuid, mechid } = settings;
    const place = { folder: journalFolder(settings), chain, hotkey: signer.address, netuid, mechid };
    write(`${JSON.stringify(await recover(place), undefined, 2)}\n`);
  });
}

async function preview(settings: Settings, { signal, write }: Surroundings): Promise<number> {
  return onChain(settings, async ({ chain, signer, log }) => {
    const client = createBackend(settings, signer);
    const latest = () => client.snapshots.latest();
    write(`${await dryRun({ settings, chain, signer, latest, log, signal })}\n`);
  });
}

type Connected = { readonly chain: Chain; readonly signer: Signer; readonly log: Logger };

async function onChain(settings: Settings, work: (connected: Connected) => Promise<void>): Promise<number> {
  const log = createLog(settings.logLevel);
  const signer = await signerFromFile(settings.hotkeyFile);
  const chain = await connectChain({ url: settings.chainUrl });
  try {
    await work({ chain, signer, log });
    return EXIT.done;
  } finally {
    await chain.close();
  }
}
