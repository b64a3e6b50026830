import type { Reader } from "./reader.ts";
import { refuse } from "./refuse.ts";
import { readReferenceType, readValueType } from "./types.ts";

const NO_RESULT = 0x40;

type Immediates = (reader: Reader) => void;

const none: Immediates = () => {};
const index: Immediates = (reader) => void reader.u32();
const twoIndices: Immediates = (reader) => {
  reader.u32();
  reader.u32();
};
const memory: Immediates = (reader) => {
  // An alignment from 64 on would carry the index of a further memory.
  if (reader.u32() >= 64) refuse("unsupported", "more than one memory");
  reader.u32();
};
const memoryAndLane: Immediates = (reader) => {
  memory(reader);
  reader.byte();
};
const bytes =
  (count: number): Immediates =>
  (reader) =>
    reader.skip(count);
const signed =
  (maxBytes: number): Immediates =>
  (reader) =>
    reader.skipSigned(maxBytes);

/** A block's type is nothing (0x40), one value type, or an index as a signed number of 33 bits. */
const blockType: Immediates = (reader) => {
  const next = reader.peek();
  if (next === NO_RESULT) reader.byte();
  else if (next < NO_RESULT || next >= 0x80) reader.skipSigned(5);
  else readValueType(reader);
};

const branchTable: Immediates = (reader) => {
  for (let left = reader.u32(); left > 0; left -= 1) reader.u32();
  reader.u32();
};

const typedSelect: Immediates = (reader) => {
  for (let left = reader.u32(); left > 0; left -= 1) readValueType(reader);
};

/** Immediates of the prefix 0xfc; `table.grow` (15) is missing because tables must keep their size. */
const PREFIX_FC: ReadonlyMap<number, Immediates> = new Map([
  ...range(0, 7, none),
  [8, twoIndices],
  [9, index],
  [10, twoIndices],
  [11, index],
  [12, twoIndices],
  [13, index],
  [14, twoIndices],
  [16, index],
  [17, index],
]);

/** Immediates of the prefix 0xfd: fixed-width SIMD. */
const PREFIX_FD: ReadonlyMap<number, Immediates> = new Map([
  ...range(0, 255, none),
  ...range(0, 11, memory),
  ...range(12, 13, bytes(16)),
  ...range(21, 34, bytes(1)),
  ...range(84, 91, memoryAndLane),
  ...range(92, 93, memory),
]);

/** Every instruction an agent may use: WebAssembly 2.0 without growing tables; the rest is refused. */
const ONE_BYTE: ReadonlyMap<number, Immediates> = new Map([
  ...range(0x00, 0x01, none),
  ...range(0x02, 0x04, blockType),
  [0x05, none],
  [0x0b, none],
  ...range(0x0c, 0x0d, index),
  [0x0e, branchTable],
  [0x0f, none],
  [0x10, index],
  [0x11, twoIndices],
  ...range(0x1a, 0x1b, none),
  [0x1c, typedSelect],
  ...range(0x20, 0x26, index),
  ...range(0x28, 0x3e, memory),
  ...range(0x3f, 0x40, index),
  [0x41, signed(5)],
  [0x42, signed(10)],
  [0x43, bytes(4)],
  [0x44, bytes(8)],
  ...range(0x45, 0xc4, none),
  [0xd0, (reader: Reader) => void readReferenceType(reader)],
  [0xd1, none],
  [0xd2, index],
  [0xfc, prefixFc],
  [0xfd, prefixFd],
  [0xfe, () => refuse("threads", "atomic instruction")],
]);

/** Passes over one instruction with its immediates, or refuses it. */
export function readInstruction(reader: Reader): number {
  const opcode = reader.byte();
  const immediates = ONE_BYTE.get(opcode);
  if (immediates === undefined) return refuse("unsupported", `instruction ${hex(opcode)}`);
  immediates(reader);
  return opcode;
}

function prefixFc(reader: Reader): void {
  const opcode = reader.u32();
  const immediates = PREFIX_FC.get(opcode);
  if (immediates === undefined) refuse("unsupported", `instruction 0xfc ${hex(opcode)}`);
  else immediates(reader);
}

function prefixFd(reader: Reader): void {
  const opcode = reader.u32();
  const immediates = PREFIX_FD.get(opcode);
  if (immediates === undefined) refuse("relaxed-simd", `instruction 0xfd ${hex(opcode)}`);
  else immediates(reader);
}

function range(from: number, to: number, immediates: Immediates): [number, Immediates][] {
  return Array.from({ length: to - from + 1 }, (_, i) => [from + i, immediates]);
}

function hex(value: number): string {
  return `0x${value.toString(16)}`;
}
