import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { parse } from "node:path";
import { fileURLToPath } from "node:url";
import { codeFolder, entries } from "../entries.ts";
import { EvaluatorError } from "../errors.ts";
import type { AgentPort } from "../rollout.ts";
import { decodeFailure } from "./decode-failure.ts";
import { bytesToNumbers, FRAME, type Frame, FrameReader, frameBytes, numbersToBytes } from "./frames.ts";
import { encodeLoad, type LoadMessage } from "./messages.ts";

const MAX_REPLY_BYTES = 65_536;
const MAX_OUTPUT_CHARS = 2_000;
/** Defence in depth around WebAssembly: no files but our own code, no child processes, no code from strings. */
const NODE_FLAGS = [
  "--permission",
  "--allow-worker",
  `--allow-fs-read=${codeFolder}`,
  "--disallow-code-generation-from-strings",
  "--no-warnings",
];

/** The agent's process as the evaluator sees it: fresh for every evaluation, killed at its end. */
export class Sandbox implements AgentPort {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #frames = new FrameReader(MAX_REPLY_BYTES);
  readonly #stallMs: number;
  readonly #exited = Promise.withResolvers<void>();
  #reply = newReply();
  #output = "";

  constructor({ stallMs, signal }: { stallMs: number; signal: AbortSignal }) {
    this.#stallMs = stallMs;
    this.#child = spawnAgentProcess();
    this.#listen();
    signal.addEventListener("abort", () => this.#reply.reject(signal.reason), { once: true });
    if (signal.aborted) this.#reply.reject(signal.reason);
  }

  /** Waits until the process runs, then until it has compiled the module. */
  async load(message: LoadMessage): Promise<void> {
    await this.#expect(FRAME.ready);
    await this.#request(frameBytes(FRAME.load, encodeLoad(message)), FRAME.loaded);
  }

  async turn(rows: Float64Array): Promise<Float64Array> {
    const payload = await this.#request(frameBytes(FRAME.turn, numbersToBytes(rows)), FRAME.actions);
    return bytesToNumbers(payload);
  }

  /** Kills the process and waits until it is gone. */
  async stop(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#exited.promise;
  }

  #request(frame: Buffer, answer: number): Promise<Buffer> {
    this.#child.stdin.write(frame);
    return this.#expect(answer);
  }

  async #expect(kind: number): Promise<Buffer> {
    const timer = setTimeout(() => this.#stalled(), this.#stallMs);
    try {
      const frame = await this.#reply.promise;
      this.#reply = newReply();
      return payloadOf(frame, kind);
    } finally {
      clearTimeout(timer);
    }
  }

  #listen(): void {
    this.#child.stdout.on("data", (chunk: Buffer) => this.#receive(chunk));
    this.#child.stderr.on("data", (chunk: Buffer) => {
      if (this.#output.length < MAX_OUTPUT_CHARS)
        this.#output = (this.#output + chunk.toString()).slice(0, MAX_OUTPUT_CHARS);
    });
    // A broken pipe means the process is gone, which its own event reports.
    this.#child.stdin.on("error", () => {});
    this.#child.on("error", (error) => this.#died({ exitCode: null, signal: null, output: error.message }));
    this.#child.on("close", (exitCode, signal) => this.#died({ exitCode, signal, output: this.#output }));
  }

  #receive(chunk: Buffer): void {
    try {
      for (const frame of this.#frames.push(chunk)) this.#reply.resolve(frame);
    } catch (error) {
      this.#reply.reject(fault(error instanceof Error ? error.message : String(error)));
    }
  }

  #stalled(): void {
    this.#reply.reject(new EvaluatorError({ code: "EVALUATOR_SANDBOX_STALLED", waitedMs: this.#stallMs }));
  }

  #died(how: { exitCode: number | null; signal: string | null; output: string }): void {
    this.#reply.reject(new EvaluatorError({ code: "EVALUATOR_SANDBOX_DIED", ...how }));
    this.#exited.resolve();
  }
}

/** A rejection may arrive between two requests: it is no unhandled one, the next request finds it. */
function newReply(): PromiseWithResolvers<Frame> {
  const reply = Promise.withResolvers<Frame>();
  reply.promise.catch(() => {});
  return reply;
}

function spawnAgentProcess(): ChildProcessWithoutNullStreams {
  const script = fileURLToPath(entries.agentProcess);
  const cwd = parse(process.execPath).root;
  return spawn(process.execPath, [...NODE_FLAGS, script], { env: {}, cwd, stdio: "pipe", windowsHide: true });
}

function payloadOf({ kind, payload }: Frame, expected: number): Buffer {
  if (kind === expected) return payload;
  if (kind === FRAME.failure) throw decodeFailure(payload);
  throw fault(kind === FRAME.fault ? payload.toString() : `frame of kind ${kind} instead of ${expected}`);
}

function fault(detail: string): EvaluatorError {
  return new EvaluatorError({ code: "EVALUATOR_SANDBOX_FAULT", detail: detail.slice(0, MAX_OUTPUT_CHARS) });
}
