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

function agent(act: readonly number[]): Uint8Array {
  const code = [0x02, ...NOTHING, ...act];
  const sections = [...NO_PARAMETERS, ...ENV_MEMORY, ...TWO_FUNCTIONS, ...RESET_AND_ACT];
  return Uint8Array.from([...PREAMBLE, ...sections, 0x0a, code.length, ...code]);
}

function bytesOf(text: string): number[] {
  return [...new TextEncoder().encode(text)];
}
