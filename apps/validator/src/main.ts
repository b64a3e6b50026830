import { readSettings } from "./env.ts";
import { EXIT, exitCodeOf } from "./exit.ts";
import { createLog, errorFacts } from "./log.ts";
import { LOG } from "./log-messages.ts";
import { runValidator } from "./run.ts";
import { stopSignal } from "./signals.ts";

async function main(): Promise<number> {
  const settings = readSettings(process.argv.slice(2));
  const log = createLog(settings.logLevel);
  const signal = stopSignal(log, () => process.exit(EXIT.interrupted));
  const onReady = (ready: object) => process.stdout.write(`${JSON.stringify(ready)}\n`);
  try {
    await runValidator(settings, { log, signal, onReady });
    log.info(LOG.stopped);
    return EXIT.done;
  } catch (error) {
    log.error(errorFacts(error), LOG.cannotRun);
    return exitCodeOf(error);
  }
}

try {
  process.exit(await main());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(exitCodeOf(error));
}
