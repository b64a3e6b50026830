import type { AgentFailureCode } from "../failure.ts";
import { engine, type WasmExports, type WasmMemory, type WasmModule } from "./engine.ts";

/** How a module is loaded and spoken to; everything a sandbox needs besides the bytes. */
export type AgentSetup = {
  readonly initialPages: number;
  readonly maximumPages: number;
  readonly observationLength: number;
  readonly actionLength: number;
  readonly observationOffset: number;
  readonly actionOffset: number;
};

/** A failure of the agent's own code, as plain data that crosses threads and processes. */
export type LaneFailure = { readonly code: AgentFailureCode; readonly detail: string };

/** Numbers before the observation in each row of a turn: the lane, and 1 if a new episode starts in it. */
export const ROW_HEAD = 2;

const PAGE_BYTES = 65_536;

/** Marks what the agent's code did wrong, so that all other errors stay the evaluator's. */
export class LaneError extends Error {
  readonly failure: LaneFailure;

  constructor(failure: LaneFailure) {
    super(failure.detail);
    this.failure = failure;
  }
}

type Lane = { readonly memory: WasmMemory; readonly act: () => void };

/**
 * Runs one module in several lanes, one episode in each. Every episode gets an instance and a memory of its
 * own, so that nothing an agent learnt in one can leak into another, whatever the order.
 */
export class Lanes {
  readonly #setup: AgentSetup;
  readonly #module: WasmModule;
  readonly #lanes = new Map<number, Lane>();

  constructor(artefact: Uint8Array, setup: AgentSetup) {
    this.#setup = setup;
    this.#module = compile(artefact);
  }

  /** Takes one row per lane and returns the lanes' actions in the order of the rows. */
  turn(rows: Float64Array): Float64Array<ArrayBuffer> {
    const { observationLength, actionLength } = this.#setup;
    const width = ROW_HEAD + observationLength;
    const count = Math.floor(rows.length / width);
    const actions = new Float64Array(count * actionLength);
    for (let i = 0; i < count; i += 1) {
      const row = rows.subarray(i * width, (i + 1) * width);
      this.#act(row, actions.subarray(i * actionLength, (i + 1) * actionLength));
    }
    return actions;
  }

  #act(row: Float64Array, action: Float64Array): void {
    const [id = 0, isFresh = 0] = row;
    const lane = isFresh === 1 ? this.#open(id) : this.#lanes.get(id);
    if (lane === undefined) throw new Error(`lane ${id} was never opened`);
    writeNumbers(lane.memory, { offset: this.#setup.observationOffset, numbers: row.subarray(ROW_HEAD) });
    // Not a number until the agent writes: an agent that stays silent must not repeat its last action.
    writeNumbers(lane.memory, { offset: this.#setup.actionOffset, numbers: action.fill(Number.NaN) });
    this.#run(lane.memory, lane.act);
    readNumbers(lane.memory, { offset: this.#setup.actionOffset, into: action });
  }

  #open(id: number): Lane {
    const { initialPages, maximumPages } = this.#setup;
    const memory = new engine.Memory({ initial: initialPages, maximum: maximumPages });
    const { exports } = this.#run(memory, () => new engine.Instance(this.#module, { env: { memory } }));
    this.#run(memory, entryPoint(exports, "reset"));
    const lane = { memory, act: entryPoint(exports, "act") };
    this.#lanes.set(id, lane);
    return lane;
  }

  #run<T>(memory: WasmMemory, step: () => T): T {
    try {
      return step();
    } catch (error) {
      throw this.#blame(error, memory.buffer.byteLength / PAGE_BYTES);
    }
  }

  #blame(error: unknown, pages: number): unknown {
    const { initialPages, maximumPages } = this.#setup;
    const detail = error instanceof Error ? error.message : String(error);
    const isAgents = error instanceof engine.RuntimeError || error instanceof RangeError;
    if (!isAgents) return error;
    if (pages === maximumPages && pages > initialPages)
      return new LaneError({
        code: "EVALUATOR_AGENT_OUT_OF_MEMORY",
        detail: `${detail}, after growing to all ${pages} pages`,
      });
    return new LaneError({ code: "EVALUATOR_AGENT_TRAP", detail });
  }
}

function compile(artefact: Uint8Array): WasmModule {
  try {
    return new engine.Module(Uint8Array.from(artefact));
  } catch (error) {
    if (!(error instanceof engine.CompileError)) throw error;
    throw new LaneError({ code: "EVALUATOR_AGENT_REFUSED", detail: error.message });
  }
}

function entryPoint(exports: WasmExports, name: string): () => void {
  const value = exports[name];
  if (typeof value !== "function") throw new Error(`${name} passed inspection but is not a function`);
  return () => void value();
}

type Numbers = { offset: number; numbers: Float64Array };

function writeNumbers(memory: WasmMemory, { offset, numbers }: Numbers): void {
  const view = new DataView(memory.buffer);
  for (let i = 0; i < numbers.length; i += 1) view.setFloat64(offset + 8 * i, numbers[i] ?? 0, true);
}

function readNumbers(memory: WasmMemory, { offset, into }: { offset: number; into: Float64Array }): void {
  const view = new DataView(memory.buffer);
  for (let i = 0; i < into.length; i += 1) into[i] = view.getFloat64(offset + 8 * i, true);
}
