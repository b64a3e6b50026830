import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { CliError } from "../errors.ts";

/** One line of a process's log: a constant message plus facts. */
export type LogLine = { readonly msg: string; readonly [fact: string]: unknown };

export type ProcessSpec = {
  readonly name: string;
  readonly entry: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly logFile: string;
  /** How long the ready line may take. */
  readonly readyMs: number;
  readonly onLog?: (line: LogLine) => void;
};

/** A process that has said it is ready. */
export type Running = {
  readonly name: string;
  /** The JSON line it printed when ready. */
  readonly ready: Readonly<Record<string, unknown>>;
  readonly pid: number;
  /** Settles with the exit code when it ends, however it ends. */
  readonly ended: Promise<number | null>;
  /** Asks it to stop, and forces it after `graceMs`. */
  stop(graceMs?: number): Promise<void>;
};

/**
 * Starts a process in its own group, so that Ctrl-C reaches it only through us, in our order.
 *
 * The IPC channel is its life line: it stops by itself when we are gone.
 */
export async function startProcess(spec: ProcessSpec): Promise<Running> {
  const child = spawn(process.execPath, [spec.entry, ...(spec.args ?? [])], {
    detached: true,
    env: { PATH: "/usr/bin:/bin", NODE_ENV: "production", ...spec.env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  followLog(child, spec);
  const ready = await firstLine(child, spec, ended);
  return {
    name: spec.name,
    ready,
    pid: child.pid ?? 0,
    ended,
    stop: (graceMs = 10_000) => stop(child, { ended, graceMs }),
  };
}

function followLog(child: ChildProcess, { logFile, onLog }: ProcessSpec): void {
  if (child.stderr === null) return;
  child.stderr.pipe(createWriteStream(logFile, { flags: "a" }));
  if (onLog === undefined) return;
  createInterface({ input: child.stderr }).on("line", (text) => {
    const line = parse(text);
    if (line !== undefined && typeof line["msg"] === "string") onLog(line as LogLine);
  });
}

function firstLine(
  child: ChildProcess,
  { name, logFile, readyMs }: ProcessSpec,
  ended: Promise<number | null>,
): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(
        new CliError({ code: "CLI_PROCESS_NOT_READY", process: name, seconds: readyMs / 1000, log: logFile }),
      );
    }, readyMs);
    void ended.then((exitCode) => {
      clearTimeout(timer);
      reject(new CliError({ code: "CLI_PROCESS_ENDED", process: name, exitCode, log: logFile }));
    });
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on("line", (text) => {
      clearTimeout(timer);
      resolve(parse(text) ?? {});
    });
  });
}

async function stop(
  child: ChildProcess,
  { ended, graceMs }: { ended: Promise<number | null>; graceMs: number },
): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const force = setTimeout(() => child.kill("SIGKILL"), graceMs);
  await ended;
  clearTimeout(force);
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
