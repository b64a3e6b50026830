import { CodedError } from "@assay/core";
import { readSettings } from "./env.ts";
import { createLog, errorFacts } from "./log.ts";
import { runMiner } from "./run.ts";

const EXIT = { done: 0, failed: 1, configuration: 78, interrupted: 130 } as const;

async function main(): Promise<number> {
  const settings = readSettings(process.argv.slice(2));
  const log = createLog(settings.logLevel);
  const stop = new AbortController();
  const onSignal = () =>
    stop.signal.aborted ? process.exit(EXIT.interrupted) : stop.abort(new Error("interrupted"));
  for (const name of ["SIGTERM", "SIGINT", "disconnect"]) process.on(name, onSignal);
  const print = (result: object) => void process.stdout.write(`${JSON.stringify(result)}\n`);
  try {
    await runMiner(settings, { log, signal: stop.signal, print });
    return EXIT.done;
  } catch (error) {
    if (stop.signal.aborted) return EXIT.interrupted;
    log.error(errorFacts(error), "nothing more can be done");
    return exitCodeOf(error);
  }
}

function exitCodeOf(error: unknown): number {
  const code: string = error instanceof CodedError ? error.code : "";
  return code === "MINER_SETTINGS_INVALID" || code.startsWith("CHAIN_KEY_")
    ? EXIT.configuration
    : EXIT.failed;
}

try {
  process.exit(await main());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(exitCodeOf(error));
}
