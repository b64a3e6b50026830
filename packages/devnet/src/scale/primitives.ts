import { malformed, type Reader, type Writer } from "./buffer.ts";
import { bytesToHex, hexToBytes } from "./hex.ts";
import type { PrimitiveName, Type } from "./type.ts";

/** An unsigned integer type: small ones are numbers, from u64 on bigints. */
export type Unsigned<T extends number | bigint> = Type<T> & {
  readonly width: number;
  from(value: bigint): T;
};

export const u8 = small("u8", 1);
export const u16 = small("u16", 2);
export const u32 = small("u32", 4);
export const u64 = large("u64", 8);
export const u128 = large("u128", 16);
export const i16 = signed("i16", 2, Number);
export const i64 = signed("i64", 8, BigInt);
export const i128 = signed("i128", 16, BigInt);

export const bool: Type<boolean> = {
  shape: { kind: "primitive", name: "bool" },
  write: (out, value) => out.byte(value ? 1 : 0),
  read: (input) => {
    const byte = input.byte();
    if (byte > 1) throw malformed(input.offset - 1, `${byte} is no bool`);
    return byte === 1;
  },
};

/** A length-prefixed list of bytes, kept as bytes. */
export const bytes: Type<Uint8Array> = {
  shape: { kind: "sequence", of: u8.shape },
  write: (out, value) => {
    writeCompact(out, BigInt(value.length));
    out.raw(value);
  },
  read: (input) => input.raw(readLength(input)),
};

export const str: Type<string> = {
  shape: { kind: "primitive", name: "str" },
  write: (out, value) => bytes.write(out, new TextEncoder().encode(value)),
  read: (input) => new TextDecoder().decode(bytes.read(input)),
};

/** Exactly `length` bytes, held as 0x-prefixed hex. */
export function fixedBytes(length: number): Type<string> {
  return {
    shape: { kind: "array", of: u8.shape, length },
    write: (out, value) => {
      const raw = hexToBytes(value);
      if (raw.length !== length) throw malformed(0, `${raw.length} bytes where ${length} are due`);
      out.raw(raw);
    },
    read: (input) => bytesToHex(input.raw(length)),
  };
}

/** Compact form of an unsigned number type. */
export function compact<T extends number | bigint>(of: Unsigned<T>): Type<T> {
  return {
    shape: { kind: "compact", of: of.shape },
    write: (out, value) => writeCompact(out, inRange("compact", BigInt(value), of.width, false)),
    read: (input) => of.from(inRange("compact", readCompact(input), of.width, false)),
  };
}

/** SCALE's compact integer: two low bits choose 1, 2, 4 or more bytes. */
export function writeCompact(out: Writer, value: bigint): void {
  if (value < 1n << 6n) return out.integer(value << 2n, 1);
  if (value < 1n << 14n) return out.integer((value << 2n) | 1n, 2);
  if (value < 1n << 30n) return out.integer((value << 2n) | 2n, 4);
  const width = Math.max(4, Math.ceil(value.toString(16).length / 2));
  out.byte(((width - 4) << 2) | 3);
  out.integer(value, width);
}

export function readCompact(input: Reader): bigint {
  const first = input.byte();
  const mode = first & 3;
  if (mode === 3) return input.integer((first >> 2) + 4);
  const width = mode === 0 ? 0 : mode === 1 ? 1 : 3;
  return BigInt(first >> 2) | (input.integer(width) << 6n);
}

/** The length of a sequence; more elements than bytes left cannot be honest. */
export function readLength(input: Reader): number {
  const length = readCompact(input);
  if (length > BigInt(input.remaining)) throw malformed(input.offset, `length ${length} exceeds the input`);
  return Number(length);
}

function small(name: PrimitiveName, width: number): Unsigned<number> {
  return {
    shape: { kind: "primitive", name },
    width,
    from: Number,
    write: (out, value) => {
      if (!Number.isInteger(value) || value < 0 || value >= 2 ** (8 * width))
        throw malformed(0, `${value} does not fit ${name}`);
      out.small(value, width);
    },
    read: (input) => input.small(width),
  };
}

function large(name: PrimitiveName, width: number): Unsigned<bigint> {
  return {
    shape: { kind: "primitive", name },
    width,
    from: (value) => value,
    write: (out, value) => out.integer(inRange(name, value, width, false), width),
    read: (input) => input.integer(width),
  };
}

function signed<T extends number | bigint>(
  name: PrimitiveName,
  width: number,
  from: (value: bigint) => T,
): Type<T> {
  return {
    shape: { kind: "primitive", name },
    write: (out, value) => out.integer(inRange(name, BigInt(value), width, true), width),
    read: (input) => from(BigInt.asIntN(width * 8, input.integer(width))),
  };
}

function inRange(name: string, value: bigint, width: number, signed: boolean): bigint {
  const bits = width * 8;
  const kept = signed ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value);
  if (kept !== value) throw malformed(0, `${value} does not fit ${name}`);
  return value;
}
