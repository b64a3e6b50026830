import { type Code, functionBody, Locals, unsigned } from "./code.ts";

/** `\0asm` and version 1. */
const PREAMBLE = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const KIND_FUNCTION = 0;
const KIND_MEMORY = 2;

/** The module of an agent: imports `env.memory` of one page, exports an empty `reset` and the given `act`. */
export function agentModule(act: Code): Uint8Array {
  const type = [0x60, 0, 0];
  const memory = [...name("env"), ...name("memory"), KIND_MEMORY, 0, 1];
  const exports = [
    [...name("reset"), KIND_FUNCTION, 0],
    [...name("act"), KIND_FUNCTION, 1],
  ];
  return Uint8Array.from([
    ...PREAMBLE,
    ...section(1, [type]),
    ...section(2, [memory]),
    ...section(3, [[0], [0]]),
    ...section(7, exports),
    ...section(10, [functionBody(new Locals()), act]),
  ]);
}

function section(id: number, entries: readonly Code[]): Code {
  const content = [...unsigned(entries.length), ...entries.flat()];
  return [id, ...unsigned(content.length), ...content];
}

function name(text: string): Code {
  const bytes = new TextEncoder().encode(text);
  return [...unsigned(bytes.length), ...bytes];
}
