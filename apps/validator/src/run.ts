import { dirname } from "node:path";
import { signerFromFile } from "@assay/chain/wallet";
import { type Assembled, assemble, type Parts } from "./assemble.ts";
import { createBackend } from "./backend.ts";
import { connectPatiently } from "./connect.ts";
import { type Settings, workingDuties } from "./env.ts";
import { readJoinSecret } from "./evaluators/secret.ts";
import { type EvaluatorServer, startEvaluatorServer } from "./evaluators/server.ts";
import { startMetricsServer } from "./http/server.ts";
import type { Logger } from "./log.ts";
import { LOG } from "./log-messages.ts";
import { lastingHeads } from "./loop/heads.ts";
import { runDuties } from "./loop/run-duties.ts";
import { within } from "./loop/within.ts";
import { removeStatusFile } from "./status/file.ts";
import { journalFolder, openStore } from "./store/open.ts";
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
  /** Where `/health` and `/metrics` are answered; null if nowhere. */
  readonly metricsPort: number | null;
  /** Where evaluators of other hosts join; null if nowhere. */
  readonly evaluatorPort: number | null;
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
  const client = createBackend(settings, signer);
  const chain = await connectPatiently(settings.chainUrl, surroundings);
  if (chain === undefined) return;
  try {
    const identity = { genesis: chain.genesisHash, hotkey: signer.address };
    const store = openStore(journalFolder(settings), identity);
    await work({ settings, chain, store, client, signer, log }, surroundings).finally(() => store.close());
  } finally {
    await chain.close();
  }
}

async function work(parts: Parts, surroundings: Surroundings): Promise<void> {
  const assembled = assemble(parts);
  const { metricsPort: port, metricsHost: host } = parts.settings;
  await using servers = new AsyncDisposableStack();
  servers.defer(() => removeStatusFile(dirname(parts.store.path)));
  const metrics = port === null ? undefined : await startMetricsServer(assembled.status, { host, port });
  if (metrics !== undefined) servers.defer(() => metrics.close());
  const evaluators = await receiveEvaluators(parts, assembled);
  if (evaluators !== undefined) servers.defer(() => evaluators.close());
  const ports = { metricsPort: metrics?.port ?? null, evaluatorPort: evaluators?.port ?? null };
  await runLoops(parts, { ...surroundings, ...assembled, ready: describe(parts, ports) });
}

/** Nothing listens unless a port was named and there is something to evaluate. */
async function receiveEvaluators(
  { settings, log }: Parts,
  { evaluators }: Assembled,
): Promise<EvaluatorServer | undefined> {
  const { evaluatorPort: port, evaluatorHost: host, joinSecretFile, duties } = settings;
  if (port === null || joinSecretFile === null || !duties.includes("evaluate")) return undefined;
  return startEvaluatorServer({ ...evaluators, host, port, secret: readJoinSecret(joinSecretFile), log });
}

async function runLoops(
  { settings, chain, client }: Parts,
  { log, signal, onReady, duties, inbox, onRun, ready }: Surroundings & Assembled & { ready: Ready },
): Promise<void> {
  const loops = [runDuties(lastingHeads(chain, { signal, log }), { duties, log, signal, onRun })];
  if (settings.duties.includes("weights")) loops.push(subscribeForEver(client, { inbox, log, signal }));
  log.info(ready, LOG.started);
  if (settings.duties.includes("challenge")) log.warn({ duty: "challenge" }, LOG.nothingToChallenge);
  onReady(ready);
  await untilStopped(Promise.all(loops), signal);
}

function describe(
  { signer, chain, settings }: Parts,
  ports: Pick<Ready, "metricsPort" | "evaluatorPort">,
): Ready {
  const { netuid, mechid } = settings;
  const duties = workingDuties(settings.duties);
  const who = { version: softwareVersion, hotkey: signer.address, genesis: chain.genesisHash };
  return { ready: true, app: "validator", ...who, netuid, mechid, duties, ...ports };
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
