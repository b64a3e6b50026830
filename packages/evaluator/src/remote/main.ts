#!/usr/bin/env node
import { readSettings } from "./env.ts";
import { EXIT, exitCodeOf } from "./exit.ts";
import { joinForEver } from "./join.ts";
import { createLog, errorFacts, LOG, type Logger } from "./log.ts";

async function main(): Promise<number> {
  const { logLevel, ...place } = readSettings(process.argv.slice(2));
  const log = createLog(logLevel);
  const signal = stopSignal(log);
  try {
    let isReady = false;
    const onReady = (ready: object) => {
      if (!isReady) process.stdout.write(`${JSON.stringify(ready)}\n`);
      isReady = true;
    };
    await joinForEver(place, { log, signal, onReady });
  } catch (error) {
    if (!signal.aborted) {
      log.error(errorFacts(error), LOG.cannotRun);
      return exitCodeOf(error);
    }
  }
  log.info(LOG.stopped);
  return EXIT.done;
}

/** Aborts at the first SIGTERM or SIGINT, or when the process that started this one is gone; the second forces the end. */
function stopSignal(log: Logger): AbortSignal {
  const stop = new AbortController();
  const onSignal = (cause: string) => {
    if (stop.signal.aborted) process.exit(EXIT.interrupted);
    log.info({ cause }, LOG.stopping);
    stop.abort(new Error(`stopped by ${cause}`));
  };
  for (const name of ["SIGTERM", "SIGINT"] as const) process.on(name, () => onSignal(name));
  process.once("disconnect", () => onSignal("the parent's end"));
  return stop.signal;
}

try {
  process.exit(await main());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(exitCodeOf(error));
}
