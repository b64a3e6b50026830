import fc from "fast-check";
import { expect, test } from "vitest";
import { leb } from "../test/wasm.ts";
import { Reader } from "./reader.ts";

const malformed = expect.objectContaining({
  code: "EVALUATOR_AGENT_REFUSED",
  facts: expect.objectContaining({ reason: "malformed" }),
});

function read(...bytes: number[]): Reader {
  return new Reader(Uint8Array.from(bytes));
}

test("reads back every 32-bit number, also one padded with zeros", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (value) => {
      expect(read(...leb(value)).u32()).toBe(value);
    }),
  );
  expect(read(0x81, 0x80, 0x80, 0x80, 0x00).u32()).toBe(1);
});

test.each([
  ["of more than 32 bits", [0xff, 0xff, 0xff, 0xff, 0x1f]],
  ["of six bytes", [0x80, 0x80, 0x80, 0x80, 0x80, 0x00]],
  ["that never ends", [0x80, 0x80]],
  ["that is not there", []],
])("a number %s is malformed", (_, bytes) => {
  expect(() => read(...bytes).u32()).toThrow(malformed);
});

test("a signed number may take as many bytes as its type, not more", () => {
  const reader = read(0x80, 0x80, 0x80, 0x80, 0x70, 0x2a);
  reader.skipSigned(5);
  expect(reader.byte()).toBe(0x2a);
  expect(() => read(0x80, 0x80, 0x80, 0x80, 0x80, 0x70).skipSigned(5)).toThrow(malformed);
});

test("a part ends where its length says, whatever follows", () => {
  const reader = read(1, 2, 3);
  const part = reader.part(2);
  expect([part.byte(), part.byte(), part.isDone]).toEqual([1, 2, true]);
  expect(() => part.byte()).toThrow(malformed);
  expect(reader.byte()).toBe(3);
});

test("a length beyond the bytes is malformed before anything is read", () => {
  expect(() => read(1, 2).part(3)).toThrow(malformed);
  expect(() => read(0xff, 0xff, 0xff, 0xff, 0x0f, 0x41).name()).toThrow(malformed);
});

test("a name that is not UTF-8 is malformed", () => {
  expect(read(2, 0xc3, 0xa9).name()).toBe("é");
  expect(() => read(2, 0xc3, 0x28).name()).toThrow(malformed);
});
