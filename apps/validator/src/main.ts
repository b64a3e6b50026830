import { type Command, type CommandLine, readCommandLine } from "./command-line.ts";
import { readSettings } from "./env.ts";
import { errorText } from "./error-text.ts";
import { EXIT, exitCodeOf } from "./exit.ts";
import { createLog, errorFacts } from "./log.ts";
import { LOG } from "./log-messages.ts";
import { stopSignal } from "./signals.ts";

const write = (text: string) => void process.stdout.write(text);
const force = () => process.exit(EXIT.interrupted);
const OFFLINE: ReadonlySet<Command> = new Set(["status", "pause", "resume", "receipts", "export", "import"]);

async function main(): Promise<number> {
  const line = readCommandLine(process.argv.slice(2));
  if (line.command === "run") return run(line);
  const surroundings = { signal: stopSignal(createLog("error"), force), write };
  // Loaded when needed: most of the time to start is the chain's types, and a pause should not wait for them.
  if (OFFLINE.has(line.command))
    return (await import("./commands/offline.ts")).performOffline(line, surroundings);
  return (await import("./commands/online.ts")).performOnline(line, surroundings);
}

async function run({ settings: args }: CommandLine): Promise<number> {
  const settings = readSettings(args);
  const log = createLog(settings.logLevel);
  const signal = stopSignal(log, force);
  const { runValidator } = await import("./run.ts");
  try {
    await runValidator(settings, { log, signal, onReady: (ready) => write(`${JSON.stringify(ready)}\n`) });
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
  process.stderr.write(`${errorText(error)}\n`);
  process.exit(exitCodeOf(error));
}
