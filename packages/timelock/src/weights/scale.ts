import { concatBytes } from "@noble/hashes/utils.js";
import { assertU16, assertU64 } from "../assert.ts";

const TWO_BYTES_FROM = 2 ** 6;
const FOUR_BYTES_FROM = 2 ** 14;

/** A number of entries below 2^30 in SCALE's compact form. */
export function compact(count: number): Uint8Array {
  if (count < TWO_BYTES_FROM) return Uint8Array.of(count << 2);
  if (count < FOUR_BYTES_FROM) return littleEndian((count << 2) | 1, 2);
  return littleEndian(count * 4 + 2, 4);
}

/** An unsigned 16-bit integer, little-endian. */
export function u16(name: string, value: number): Uint8Array {
  assertU16(name, value);
  return littleEndian(value, 2);
}

/** A list of unsigned 16-bit integers with its length in front. */
export function u16s(name: string, values: readonly number[]): Uint8Array {
  return concatBytes(compact(values.length), ...values.map((value, i) => u16(`${name}[${i}]`, value)));
}

/** An unsigned 64-bit integer, little-endian. */
export function u64(name: string, value: bigint): Uint8Array {
  assertU64(name, value);
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, value, true);
  return new Uint8Array(view.buffer);
}

/** Reads SCALE values in order. Past the end, or at a length not written in its shortest form, it yields nothing and is broken. */
export function scaleReader(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  let isBroken = false;
  const take = (length: number): number | undefined => {
    isBroken ||= at + length > bytes.length;
    if (isBroken) return undefined;
    at += length;
    return at - length;
  };
  const readCompact = (): number => {
    const mode = (bytes[at] ?? 0) & 0b11;
    const start = mode === 3 ? undefined : take(2 ** mode);
    isBroken ||= start === undefined;
    if (start === undefined) return 0;
    if (mode === 0) return view.getUint8(start) >> 2;
    const count = (mode === 1 ? view.getUint16(start, true) : view.getUint32(start, true)) >>> 2;
    isBroken ||= count < (mode === 1 ? TWO_BYTES_FROM : FOUR_BYTES_FROM);
    return count;
  };
  const readBytes = (): Uint8Array => {
    const length = readCompact();
    const start = take(length);
    return start === undefined ? new Uint8Array() : Uint8Array.from(bytes.subarray(start, start + length));
  };
  const readU16s = (): number[] => {
    const count = readCompact();
    const start = take(2 * count);
    if (start === undefined) return [];
    return Array.from({ length: count }, (_, i) => view.getUint16(start + 2 * i, true));
  };
  const readU64 = (): bigint => {
    const start = take(8);
    return start === undefined ? 0n : view.getBigUint64(start, true);
  };
  return { readBytes, readU16s, readU64, isBroken: () => isBroken, left: () => bytes.length - at };
}

function littleEndian(value: number, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => Math.floor(value / 2 ** (8 * i)) % 256);
}
