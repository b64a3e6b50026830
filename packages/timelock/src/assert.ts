import { TimelockError } from "./errors.ts";

/** The inclusive bounds of an integer, bigint or number. */
type Range = { readonly min: number | bigint; readonly max: number | bigint };

const U16: Range = { min: 0, max: 0xffff };
const U64: Range = { min: 0n, max: 0xffff_ffff_ffff_ffffn };

/** Refuses anything but an integer in the range. */
export function assertInteger(name: string, value: number | bigint, { min, max }: Range): void {
  const isInteger = typeof value === "bigint" || Number.isSafeInteger(value);
  if (isInteger && value >= min && value <= max) return;
  const range = `${min}..${max}`;
  const facts = { code: "TIMELOCK_OUT_OF_RANGE", name, value: String(value), range } as const;
  throw new TimelockError(facts, `${name} is ${value}; it must be an integer in ${range}.`);
}

/** Refuses anything but an unsigned 16-bit integer. */
export function assertU16(name: string, value: number): void {
  assertInteger(name, value, U16);
}

/** Refuses anything but an unsigned 64-bit integer. */
export function assertU64(name: string, value: bigint): void {
  assertInteger(name, value, U64);
}

/** Refuses bytes of any other length. */
export function assertLength(name: string, bytes: Uint8Array, expected: number): void {
  const actual = bytes.length;
  if (actual === expected) return;
  const message = `${name} has ${actual} bytes instead of ${expected}.`;
  throw new TimelockError({ code: "TIMELOCK_WRONG_LENGTH", name, expected, actual }, message);
}
