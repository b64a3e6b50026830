import { connectChain } from "@assay/chain";
import { CodedError, systemClock } from "@assay/core";
import { readSettings, type Settings } from "./env.ts";
import { createLog, type Log } from "./log.ts";
import { startBackend } from "./start.ts";

const CONFIGURATION = 78;
const FAILED = 1;
const INTERRUPTED = 130;

/** Codes that mean that somebody has to change a setting or a file before another start can succeed. */
const BY_CONFIGURATION =
  /^(API_(SETTINGS|CERTIFICATE)_INVALID|CHAIN_KEY_.*|CHAIN_SUBNET_UNKNOWN|DB_SCHEMA_NEWER)$/;

async function main(): Promise<void> {
  const settings = readSettings();
  const log = createLog(settings.logLevel);
  const stop = await start(settings, log);
  let signals = 0;
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.on(signal, () => {
      signals += 1;
      log.info({ signal }, signals === 1 ? "stopping" : "stopping at once");
      if (signals > 1) process.exit(INTERRUPTED);
      stop().then(() => process.exit(0), fail);
    });
}

async function start(settings: Settings, log: Log): Promise<() => Promise<void>> {
  const chain = await connectChain({ url: settings.chainUrl, log });
  try {
    const backend = await startBackend(settings, { clock: systemClock, chain, log });
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

function fail(error: unknown): void {
  const isCoded = error instanceof CodedError;
  createLog("error").error({ err: error }, isCoded ? error.message : "the backend failed");
  process.exit(isCoded && BY_CONFIGURATION.test(error.code) ? CONFIGURATION : FAILED);
}

main().catch(fail);
