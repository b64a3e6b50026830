import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { getCompileCacheDir } from "node:module";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { finished } from "node:stream/promises";
import { CliError } from "../errors.ts";
import { silence } from "./silence.ts";

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
  /** Called if it ends by itself after it was ready. */
  readonly onDeath?: (error: CliError) => void;
  /** Ends the start: the process is killed and the reason thrown. */
  readonly signal?: AbortSignal | undefined;
};

/** A process that has said it is ready. */
export type Running = {
  readonly name: string;
  /** The JSON line it printed when ready. */
  readonly ready: Readonly<Record<string, unknown>>;
  readonly pid: number;
  /** Settles with the exit code when it has ended, however it ended, and its log is in the file. */
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
  spec.signal?.throwIfAborted();
  const child = spawn(process.execPath, [spec.entry, ...(spec.args ?? [])], {
    detached: true,
    env: { PATH: "/usr/bin:/bin", NODE_ENV: "production", ...compiled(), ...spec.env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const exited = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  const { lastLine, drained } = followLog(child, spec);
  const ended = exited.then(async (code) => {
    await drained();
    return code;
  });
  const ready = await firstLine(child, spec, lastLine);
  let isAsked = false;
  void ended.then((exitCode) => {
    if (!isAsked) spec.onDeath?.(endedError(spec, { exitCode, why: lastLine() }));
  });
  return {
    name: spec.name,
    ready,
    pid: child.pid ?? 0,
    ended,
    stop: (graceMs = 10_000) => {
      isAsked = true;
      return stop(child, { ended, graceMs });
    },
  };
}

/** Whoever starts us with a compile cache starts its children with it. */
function compiled(): Record<string, string> {
  const folder = getCompileCacheDir();
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: dirname(folder) };
}

type Log = {
  readonly lastLine: () => string;
  /** Settles once the log is in its file; a grandchild that keeps the pipe open delays it only while it writes. */
  readonly drained: () => Promise<void>;
};

function followLog(child: ChildProcess, { logFile, onLog }: ProcessSpec): Log {
  let last = "";
  if (child.stderr === null) return { lastLine: () => last, drained: async () => {} };
  const file = createWriteStream(logFile, { flags: "a" });
  const written = finished(file).catch(() => {});
  let heard = 0;
  child.stderr.on("data", (bytes: Buffer) => {
    heard += bytes.length;
  });
  child.stderr.pipe(file);
  createInterface({ input: child.stderr }).on("line", (text) => {
    last = text;
    const line = parse(text);
    if (line !== undefined && typeof line["msg"] === "string") onLog?.(line as LogLine);
  });
  const drained = (): Promise<void> => Promise.race([written, silence(() => heard, 1_000)]);
  return { lastLine: () => last, drained };
}

function firstLine(
  child: ChildProcess,
  spec: ProcessSpec,
  lastLine: () => string,
): Promise<Record<string, unknown>> {
  const { name, logFile, readyMs, signal } = spec;
  return new Promise((resolve, reject) => {
    const abort = (): void => void child.kill("SIGKILL");
    signal?.addEventListener("abort", abort, { once: true });
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(
        new CliError({ code: "CLI_PROCESS_NOT_READY", process: name, seconds: readyMs / 1000, log: logFile }),
      );
    }, readyMs);
    // Only after its last words have been read.
    child.once("close", (exitCode) => {
      clearTimeout(timer);
      reject(signal?.aborted ? signal.reason : endedError(spec, { exitCode, why: lastLine() }));
    });
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on("line", (text) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      resolve(parse(text) ?? {});
    });
  });
}

/** What a process that has ended said last, in words for people. */
function endedError(
  { name, logFile }: ProcessSpec,
  { exitCode, why }: { exitCode: number | null; why: string },
): CliError {
  const how = exitCode === null ? "was killed" : `ended with exit code ${exitCode}`;
  const isSaid = exitCode !== null && why !== "";
  const message = `${name} ${how}${isSaid ? `: ${reasonIn(why)}` : ""}; its log is ${logFile}`;
  return new CliError({ code: "CLI_PROCESS_ENDED", process: name, exitCode, log: logFile }, message);
}

function reasonIn(line: string): string {
  const { err, msg } = parse(line) ?? {};
  const detail =
    typeof err === "object" && err !== null && "message" in err ? String(err.message) : undefined;
  const reason = detail ?? (typeof msg === "string" ? msg : line);
  if (!/EADDRINUSE|cannot listen/.test(reason)) return reason;
  return `${reason}. Is another one running? --port and --backend-port choose other ports, 0 any free one`;
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
