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
export async function runBackend({ trace }: { trace?: Trace } = {}): Promise<number> {
  try {
    const settings = readSettings();
    const log = createLog(settings.logLevel);
    const stop = await start(settings, { log, ...(trace === undefined ? {} : { trace }) });
    log.info({ cause: await stopAsked() }, "stopping");
    return await Promise.race([stop().then(() => EXIT.done), stopAsked().then(() => EXIT.interrupted)]);
  } catch (error) {
    return failure(error);
  }
}

async function start(
  settings: Settings,
  { log, trace }: { log: Log; trace?: Trace },
): Promise<() => Promise<void>> {
  const chain = await connectChain({ url: settings.chainUrl, log });
  try {
    const surroundings = { clock: systemClock, chain, log, ...(trace === undefined ? {} : { trace }) };
    const backend = await startBackend(settings, surroundings);
    process.stdout.write(`${JSON.stringify({ ready: true, url: backend.url })}\n`);
    return async () => {
      await backend.close();
      await chain.close();
    };
  } catch (error) {
    await chain.close();
    throw error;
  }
}

/** Resolves with the next SIGTERM, SIGINT or end of the parent. */
function stopAsked(): Promise<string> {
  return new Promise((resolve) => {
    for (const name of ["SIGTERM", "SIGINT", "disconnect"]) process.once(name, () => resolve(name));
  });
}

function failure(error: unknown): number {
  const isCoded = error instanceof CodedError;
  createLog("error").error({ err: error }, isCoded ? error.message : "the backend failed");
  return isCoded && BY_CONFIGURATION.test(error.code) ? EXIT.configuration : EXIT.failed;
}
