import { connectChain } from "@assay/chain";
import { CodedError, systemClock } from "@assay/core";
import type { Trace } from "./backend.ts";
import { readSettings, type Settings } from "./env.ts";
import { createLog, type Log } from "./log.ts";
import { startBackend } from "./start.ts";

/** What the process ends with; the numbers are part of the interface. */
export const EXIT = { done: 0, failed: 1, configuration: 78, interrupted: 130 } as const;

/** Codes that mean that somebody has to change a setting or a file before another start can succeed. */
const BY_CONFIGURATION =
  /^(API_(SETTINGS|CERTIFICATE)_INVALID|CHAIN_KEY_.*|CHAIN_SUBNET_UNKNOWN|DB_SCHEMA_NEWER)$/;

/** Runs the backend until it is told to stop, or its parent is gone; answers with the exit code. */
export async function runBackend({ trace = () => {} }: { trace?: Trace } = {}): Promise<number> {
  const told = stopRequests();
  try {
    const settings = readSettings();
    const log = createLog(settings.logLevel);
    return await Promise.race([
      runUntil(told.first, { settings, log, trace }),
      told.second.then(() => EXIT.interrupted),
    ]);
  } catch (error) {
    return failure(error);
  }
}

type Running = { readonly settings: Settings; readonly log: Log; readonly trace: Trace };

async function runUntil(stop: Promise<string>, { settings, log, trace }: Running): Promise<number> {
  const chain = await connectChain({ url: settings.chainUrl, log });
  try {
    const backend = await startBackend(settings, { clock: systemClock, chain, log, trace });
    process.stdout.write(`${JSON.stringify({ ready: true, url: backend.url })}\n`);
    log.info({ cause: await stop }, "stopping");
    await backend.close();
    return EXIT.done;
  } finally {
    await chain.close();
  }
}

/** The first and second SIGTERM, SIGINT or end of the parent. The listeners stay: without one a signal would kill. */
function stopRequests(): { first: Promise<string>; second: Promise<string> } {
  const [first, second] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
  const waiting = [first, second];
  for (const name of ["SIGTERM", "SIGINT", "disconnect"])
    process.on(name, () => waiting.shift()?.resolve(name));
  return { first: first.promise, second: second.promise };
}

function failure(error: unknown): number {
  const isCoded = error instanceof CodedError;
  // Read by the person who has just started it; there is no log level yet.
  if (isCoded && error.code === "API_SETTINGS_INVALID") process.stderr.write(`${error.message}\n`);
  else createLog("error").error({ err: error }, isCoded ? error.message : "the backend failed");
  return isCoded && BY_CONFIGURATION.test(error.code) ? EXIT.configuration : EXIT.failed;
}
