import { gzipSync } from "node:zlib";

const PREAMBLE = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const NO_PARAMETERS = [0x01, 0x04, 0x01, 0x60, 0x00, 0x00];
const ENV_MEMORY = [0x02, 0x0f, 0x01, 0x03, ...bytesOf("env"), 0x06, ...bytesOf("memory"), 0x02, 0x00, 0x01];
const TWO_FUNCTIONS = [0x03, 0x03, 0x02, 0x00, 0x00];
const RESET_AND_ACT = [
  0x07,
  0x0f,
  0x02,
  0x05,
  ...bytesOf("reset"),
  0x00,
  0x00,
  0x03,
  ...bytesOf("act"),
  0x00,
  0x01,
];
const NOTHING = [0x02, 0x00, 0x0b];
const FOR_EVER = [0x07, 0x00, 0x03, 0x40, 0x0c, 0x00, 0x0b, 0x0b];

const ZERO = [0x44, ...Array<number>(8).fill(0)];
const STORE_F64 = [0x39, 0x03, 0x00];
/** Writes 0 to both numbers of the action, at 768 and 776. */
const ACTION_X = [0x41, 0x80, 0x06, ...ZERO, ...STORE_F64];
const ACTION_Y = [0x41, 0x88, 0x06, ...ZERO, ...STORE_F64];
const STAND_STILL = [0x20, 0x00, ...ACTION_X, ...ACTION_Y, 0x0b];

/** An agent that never moves: every episode runs to its end without success. */
export const IDLE_AGENT: Uint8Array = agent(STAND_STILL);
/** An agent that never comes back from its first act. */
export const LOOPING_AGENT: Uint8Array = agent(FOR_EVER);
/** No WebAssembly at all. */
export const NO_AGENT: Uint8Array = Uint8Array.from(bytesOf("#!/bin/sh"));

const TRAP = 0x00;
const LOAD_AT_2_000_000_000 = [0x41, 0x80, 0xa8, 0xd6, 0xb9, 0x07, 0x2b, 0x03, 0x00, 0x1a];
const FILL_ITS_PAGE_AND_MORE = [0x41, 0x00, 0x41, 0x07, 0x41, 0x80, 0x80, 0x08, 0xfc, 0x0b, 0x00];
/** Grows by a page again and again, and traps once there is no more. */
const GROW_OR_TRAP = [0x41, 0x01, 0x40, 0x00, 0x41, 0x00, 0x48, 0x04, 0x40, TRAP, 0x0b];
const GROW_FOR_EVER = [0x03, 0x40, ...GROW_OR_TRAP, 0x0c, 0x00, 0x0b];

/** Of every kind of hostile agent one, by what it does, with the failure it must end as. */
export const HOSTILE_AGENTS: Readonly<Record<string, readonly [agent: Uint8Array, code: string]>> = {
  "loops for ever": [LOOPING_AGENT, "EVALUATOR_AGENT_TIMEOUT"],
  "takes all memory": [acting(GROW_FOR_EVER), "EVALUATOR_AGENT_OUT_OF_MEMORY"],
  traps: [acting([TRAP]), "EVALUATOR_AGENT_TRAP"],
  "calls itself without end": [acting([0x10, 0x01]), "EVALUATOR_AGENT_TRAP"],
  "reads outside its memory": [acting(LOAD_AT_2_000_000_000), "EVALUATOR_AGENT_TRAP"],
  "writes outside its memory": [acting(FILL_ITS_PAGE_AND_MORE), "EVALUATOR_AGENT_TRAP"],
  "leaves its action NaN": [acting([]), "EVALUATOR_AGENT_INVALID_ACTION"],
  "uses threads": [acting([0xfe, 0x03, 0x00]), "EVALUATOR_AGENT_REFUSED"],
  "has no entry points": [agent(NOTHING, []), "EVALUATOR_AGENT_REFUSED"],
  "has a memory of its own": [agent(NOTHING, [0x05, 0x03, 0x01, 0x00, 0x01]), "EVALUATOR_AGENT_REFUSED"],
  "is 100 MB": [Buffer.concat([Buffer.from(PREAMBLE), Buffer.alloc(100_000_000)]), "EVALUATOR_AGENT_REFUSED"],
  "is a zip bomb": [gzipSync(Buffer.alloc(50_000_000)), "EVALUATOR_AGENT_REFUSED"],
};

/** An agent whose act is this code. */
function acting(code: readonly number[]): Uint8Array {
  return agent([code.length + 2, 0x00, ...code, 0x0b]);
}

function agent(act: readonly number[], between: readonly number[] = RESET_AND_ACT): Uint8Array {
  const code = [0x02, ...NOTHING, ...act];
  const sections = [...NO_PARAMETERS, ...ENV_MEMORY, ...TWO_FUNCTIONS, ...between];
  return Uint8Array.from([...PREAMBLE, ...sections, 0x0a, code.length, ...code]);
}

function bytesOf(text: string): number[] {
  return [...new TextEncoder().encode(text)];
}
