import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Chain } from "@assay/chain";
import { signerFromFile, verifySignature } from "@assay/chain/wallet";
import { createClient } from "@assay/client";
import { type Heartbeat, parseToken, type Signer, systemClock } from "@assay/core";
import { connectPatiently } from "./connect.ts";
import { evaluateDuty } from "./duties/evaluate.ts";
import { heartbeatDuty } from "./duties/heartbeat.ts";
import { weightsDuty } from "./duties/weights.ts";
import type { Settings } from "./env.ts";
import { ValidatorError } from "./errors.ts";
import type { Logger } from "./log.ts";
import { LOG } from "./log-messages.ts";
import type { Duty } from "./loop/duty.ts";
import { lastingHeads } from "./loop/heads.ts";
import { runDuties } from "./loop/run-duties.ts";
import { within } from "./loop/within.ts";
import { findLastConfirmed } from "./store/intents.ts";
import { openStore, type Store } from "./store/open.ts";
import { findKeptSnapshot } from "./store/snapshots.ts";
import { softwareVersion } from "./version.ts";
import { storageIndexOf, type WeightsContext } from "./weights/context.ts";
import { createInbox } from "./weights/inbox.ts";
import { subscribeForEver } from "./weights/subscribe.ts";

/** What the process says about itself once it is at work. */
export type Ready = {
  readonly ready: true;
  readonly app: "validator";
  readonly version: string;
  readonly hotkey: string;
  readonly genesis: string;
  readonly netuid: number;
  readonly mechid: number;
  readonly duties: readonly string[];
};

type Surroundings = {
  readonly log: Logger;
  readonly signal: AbortSignal;
  readonly onReady: (ready: Ready) => void;
};

/** How long duties may take to come back once they were told to stop. */
const STOP_MS = 20_000;

/** Runs a validator until the signal aborts; throws what keeps it from starting. */
export async function runValidator(settings: Settings, surroundings: Surroundings): Promise<void> {
  const signer = await signerFromFile(settings.hotkeyFile);
  const apiKey = readApiKey(settings.apiKeyFile);
  const chain = await connectPatiently(settings.chainUrl, surroundings);
  if (chain === undefined) return;
  try {
    await runOn(chain, { settings, signer, apiKey, surroundings });
  } finally {
    await chain.close();
  }
}

type Start = { settings: Settings; signer: Signer; apiKey: string; surroundings: Surroundings };

async function runOn(chain: Chain, start: Start): Promise<void> {
  const { settings, signer, surroundings } = start;
  const identity = { genesis: chain.genesisHash, hotkey: signer.address };
  const store = openStore(join(settings.home, "validator"), identity);
  try {
    await work(chain, store, start);
  } finally {
    store.close();
    surroundings.log.flush();
  }
}

async function work(
  chain: Chain,
  store: Store,
  { settings, signer, apiKey, surroundings }: Start,
): Promise<void> {
  const { log, signal, onReady } = surroundings;
  const { netuid, mechid, authority, duties, backendUrl } = settings;
  const client = createClient({ url: backendUrl, netuid, signer, apiKey });
  const inbox = createInbox();
  const context = { chain, store, signer, netuid, mechid, authority, verify: verifySignature, inbox, log };
  const all: Record<Settings["duties"][number], () => Duty> = {
    weights: () => weightsDuty(context),
    evaluate: () => evaluateDuty({ board: client, store, signer, clock: systemClock, log }),
  };
  const presence = heartbeatDuty(client, () => stateOf(context, duties));
  const running = [presence, ...duties.map((name) => all[name]())];
  const loops = [runDuties(lastingHeads(chain, { signal, log }), { duties: running, log, signal })];
  if (duties.includes("weights")) loops.push(subscribeForEver(client, { inbox, log, signal }));
  const hotkey = signer.address;
  const facts = { version: softwareVersion, hotkey, genesis: chain.genesisHash, netuid, mechid, duties };
  log.info(facts, LOG.started);
  onReady({ ready: true, app: "validator", ...facts });
  await untilStopped(Promise.all(loops), signal);
  await client.close();
}

/** The loops end by themselves only once they are told to, and then they have `STOP_MS` for it. */
async function untilStopped(loops: Promise<unknown>, signal: AbortSignal): Promise<void> {
  const stopped = new Promise<void>((resolve) =>
    signal.addEventListener("abort", () => resolve(), { once: true }),
  );
  await Promise.race([loops, stopped]);
  await within(loops, { what: "every duty to come back", ms: STOP_MS });
}

function stateOf(context: WeightsContext, duties: Settings["duties"]): Heartbeat {
  const { db } = context.store;
  const last = findLastConfirmed(db, storageIndexOf(context));
  return {
    softwareVersion,
    duties,
    snapshotVersion: findKeptSnapshot(db)?.version ?? null,
    lastSet: last?.included ? { block: last.included.block, snapshotVersion: last.snapshotVersion } : null,
  };
}

function readApiKey(path: string): string {
  const token = readFileSync(path, "utf8").trim();
  if (parseToken(token) !== undefined) return token;
  const problems = [`ASSAY_API_KEY_FILE (--api-key-file): ${path} does not hold an API key`];
  throw new ValidatorError({ code: "VALIDATOR_SETTINGS_INVALID", problems }, problems[0]);
}
