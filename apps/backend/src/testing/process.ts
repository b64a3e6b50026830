import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A backend in a process of its own. */
export type Spawned = {
  readonly child: ChildProcess;
  /** Its first line on standard output. */
  readonly ready: Promise<{ ready: boolean; url: string }>;
  /** How it ended, and everything it logged and printed. */
  readonly ended: Promise<{ code: number | null; signal: string | null; log: string; printed: string }>;
  /** Resolves to the log so far once it contains a text. */
  logged(text: string): Promise<string>;
};

export function spawnBackend(
  entry: URL,
  { args = [], env }: { args?: string[]; env: Record<string, string> },
): Spawned {
  const { PATH = "", NODE_COMPILE_CACHE = "" } = process.env;
  const child = spawn(process.execPath, [fileURLToPath(entry), ...args], {
    env: { PATH, NODE_COMPILE_CACHE, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [log, printed, wake] = ["", "", () => {}];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    log += text;
    wake();
  });
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, "close").then(([code, signal]) => ({ code, signal, log, printed }));
  const said = once(lines, "line").then(
    ([line]) => JSON.parse(String(line)) as { ready: boolean; url: string },
  );
  return {
    child,
    ended,
    ready: Promise.race([
      said,
      ended.then(() => Promise.reject(new Error(`it ended without being ready: ${log}`))),
    ]),
    logged: async (text) => {
      while (!log.includes(text)) await new Promise<void>((resolve) => (wake = resolve));
      return log;
    },
  };
}
