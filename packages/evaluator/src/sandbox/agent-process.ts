import { Worker } from "node:worker_threads";
import { entries } from "../entries.ts";
import { bytesToNumbers, FRAME, type Frame, FrameReader, frameBytes, numbersToBytes } from "./frames.ts";
import type { LaneFailure } from "./lanes.ts";
import { decodeLoad, type WorkerMessage } from "./messages.ts";
import { Watchdog } from "./watchdog.ts";

const MAX_PAYLOAD = 4_194_304;
const TERMINATION_GRACE_MS = 1_000;
/** The agent's objects live in its WebAssembly memory; the heap only holds our own few. */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 };

/** The process that owns the agent's thread: no keys, no environment, nothing but its three pipes. */
class AgentProcess {
  #worker: Worker | undefined;
  #watchdog: Watchdog | undefined;

  receive(frame: Frame): void {
    if (frame.kind === FRAME.load) this.#load(frame.payload);
    else if (frame.kind === FRAME.turn) this.#turn(bytesToNumbers(frame.payload));
    else this.#fault(`frame of kind ${frame.kind}`);
  }

  #load(payload: Uint8Array): void {
    const load = decodeLoad(payload);
    this.#watchdog = new Watchdog(load.limits, (failure) => void this.#stop(failure));
    const options = { workerData: load, env: {}, execArgv: [], resourceLimits: RESOURCE_LIMITS };
    this.#worker = new Worker(entries.agentWorker, options);
    this.#worker.on("message", (message: WorkerMessage) => this.#relay(message));
    this.#worker.on("error", (error) => this.#workerDied(error));
    this.#watchdog.arm();
  }

  #turn(rows: Float64Array<ArrayBuffer>): void {
    this.#watchdog?.arm();
    this.#worker?.postMessage(rows, [rows.buffer]);
  }

  #relay(message: WorkerMessage): void {
    this.#watchdog?.disarm();
    if (message.kind === "loaded") send(FRAME.loaded);
    else if (message.kind === "actions") send(FRAME.actions, numbersToBytes(message.actions));
    else this.#failure(message.failure);
  }

  /** Ends the thread, then reports; native compilation cannot be interrupted, and memory cannot wait for it. */
  async #stop(failure: LaneFailure): Promise<void> {
    const ended = this.#worker?.terminate();
    if (failure.code === "EVALUATOR_AGENT_TIMEOUT") await Promise.race([ended, gracePeriod()]);
    this.#failure(failure);
  }

  #workerDied(error: unknown): void {
    this.#watchdog?.disarm();
    const { code, message } = error instanceof Error ? describe(error) : { code: "", message: String(error) };
    if (code === "ERR_WORKER_OUT_OF_MEMORY")
      this.#failure({ code: "EVALUATOR_AGENT_OUT_OF_MEMORY", detail: "its thread ran out of memory" });
    else this.#fault(message);
  }

  #failure(failure: LaneFailure): void {
    send(FRAME.failure, Buffer.from(JSON.stringify(failure)));
  }

  #fault(detail: string): void {
    send(FRAME.fault, Buffer.from(detail));
  }
}

function gracePeriod(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, TERMINATION_GRACE_MS));
}

function describe(error: Error): { code: string; message: string } {
  return { code: "code" in error ? String(error.code) : "", message: error.message };
}

function send(kind: number, payload?: Uint8Array): void {
  process.stdout.write(frameBytes(kind, payload));
}

const agentProcess = new AgentProcess();
const frames = new FrameReader(MAX_PAYLOAD);
process.stdin.on("data", (chunk: Buffer) => {
  for (const frame of frames.push(chunk)) agentProcess.receive(frame);
});
// The evaluator is gone, so nobody will end this process any more.
process.stdin.on("end", () => process.exit());
send(FRAME.ready);
