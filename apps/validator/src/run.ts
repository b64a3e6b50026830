import { readFileSync } from "node:fs";
import { join } from "node:path";
import { signerFromFile } from "@assay/chain/wallet";
import { createClient } from "@assay/client";
import { parseToken } from "@assay/core";
import { assemble, type Parts } from "./assemble.ts";
import { connectPatiently } from "./connect.ts";
import type { Settings } from "./env.ts";
import { ValidatorError } from "./errors.ts";
import type { Logger } from "./log.ts";
import { LOG } from "./log-messages.ts";
import { lastingHeads } from "./loop/heads.ts";
import { runDuties } from "./loop/run-duties.ts";
import { within } from "./loop/within.ts";
import { openStore } from "./store/open.ts";
import { softwareVersion } from "./version.ts";
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
  const { log } = surroundings;
  const signer = await signerFromFile(settings.hotkeyFile);
  const apiKey = readApiKey(settings.apiKeyFile);
  const chain = await connectPatiently(settings.chainUrl, surroundings);
  if (chain === undefined) return;
  try {
    const identity = { genesis: chain.genesisHash, hotkey: signer.address };
    const store = openStore(join(settings.home, "validator"), identity);
    const client = createClient({
      url: settings.backendUrl,
      netuid: settings.netuid,
      signer,
      apiKey,
      firstPauseMs: settings.reconnectPauseMs,
    });
    await work({ settings, chain, store, client, signer, log }, surroundings).finally(() => store.close());
  } finally {
    await chain.close();
  }
}

async function work(parts: Parts, { log, signal, onReady }: Surroundings): Promise<void> {
  const { settings, chain, client } = parts;
  const { duties, inbox } = assemble(parts);
  const loops = [runDuties(lastingHeads(chain, { signal, log }), { duties, log, signal })];
  if (settings.duties.includes("weights")) loops.push(subscribeForEver(client, { inbox, log, signal }));
  const ready = describe(parts);
  log.info(ready, LOG.started);
  onReady(ready);
  await untilStopped(Promise.all(loops), signal);
}

function describe({ signer, chain, settings }: Parts): Ready {
  const { netuid, mechid, duties } = settings;
  const who = { version: softwareVersion, hotkey: signer.address, genesis: chain.genesisHash };
  return { ready: true, app: "validator", ...who, netuid, mechid, duties };
}

/** The loops end only once they are told to, and then they have `STOP_MS` for it. */
async function untilStopped(loops: Promise<unknown>, signal: AbortSignal): Promise<void> {
  const told = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  await Promise.race([loops, told]);
  await within(loops, { what: "every duty to come back", ms: STOP_MS });
}

function readApiKey(path: string): string {
  const token = readFileSync(path, "utf8").trim();
  if (parseToken(token) !== undefined) return token;
  const problem = `ASSAY_API_KEY_FILE (--api-key-file): ${path} does not hold an API key`;
  throw new ValidatorError({ code: "VALIDATOR_SETTINGS_INVALID", problems: [problem] }, problem);
}
