import { type ChildProcess, spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const main = join(dirname(fileURLToPath(import.meta.url)), "../../../apps/cli/src/main.ts");

/** The command line as a stranger runs it: a process with text going in and out. */
export type Started = {
  /** The first line of standard output. */
  readonly firstLine: Promise<string>;
  /** Everything on standard error so far. */
  progress(): string;
  /** Settles with the exit code, once everything it wrote has been read. */
  readonly ended: Promise<number | null>;
  signal(name: NodeJS.Signals): void;
};

/** Starts `assay` with its own home folder. */
export function startAssay(args: readonly string[], home: string): Started {
  const { PATH = "", NODE_COMPILE_CACHE = "" } = process.env;
  const child = spawn(process.execPath, [main, ...args], {
    env: { PATH, NODE_COMPILE_CACHE, ASSAY_HOME: home, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let progress = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    progress += text;
  });
  // Only after its last words have been read.
  const ended = new Promise<number | null>((resolve) => child.once("close", (code) => resolve(code)));
  const why = ended.then((code) => `assay ended with ${String(code)} before it printed a line:\n${progress}`);
  return {
    firstLine: firstLineOf(child, why),
    progress: () => progress,
    ended,
    signal: (name) => void child.kill(name),
  };
}

function firstLineOf({ stdout }: ChildProcess, why: Promise<string>): Promise<string> {
  return new Promise((resolve, reject) => {
    if (stdout === null) return;
    createInterface({ input: stdout }).once("line", resolve);
    void why.then((reason) => reject(new Error(reason)));
  });
}
