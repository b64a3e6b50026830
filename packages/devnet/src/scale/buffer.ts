import { DevnetError } from "../errors.ts";

/** Collects SCALE bytes; grows by doubling. */
export class Writer {
  #bytes = new Uint8Array(64);
  #length = 0;

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length] = value;
    this.#length += 1;
  }

  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Little-endian in `width` bytes, at most four. */
  small(value: number, width: number): void {
    for (let i = 0; i < width; i += 1) this.byte((value >>> (8 * i)) & 0xff);
  }

  /** Little-endian two's complement in `width` bytes. */
  integer(value: bigint, width: number): void {
    let rest = BigInt.asUintN(width * 8, value);
    for (let left = width; left > 0; left -= 4) {
      this.small(Number(rest & 0xffff_ffffn), Math.min(4, left));
      rest >>= 32n;
    }
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #reserve(extra: number): void {
    const needed = this.#length + extra;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }
}

/** Reads SCALE bytes from the front; running out is a refusal, never an undefined value. */
export class Reader {
  offset = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get remaining(): number {
    return this.#bytes.length - this.offset;
  }

  byte(): number {
    const value = this.#bytes[this.offset];
    if (value === undefined) throw malformed(this.offset, "input ends too early");
    this.offset += 1;
    return value;
  }

  raw(length: number): Uint8Array {
    if (length > this.remaining) throw malformed(this.offset, "input ends too early");
    const start = this.offset;
    this.offset += length;
    return this.#bytes.slice(start, this.offset);
  }

  small(width: number): number {
    let value = 0;
    for (let i = 0; i < width; i += 1) value += this.byte() * 2 ** (8 * i);
    return value;
  }

  integer(width: number): bigint {
    let value = 0n;
    for (let read = 0; read < width; read += 4) {
      value |= BigInt(this.small(Math.min(4, width - read))) << BigInt(8 * read);
    }
    return value;
  }

  /** What was read since an earlier offset. */
  since(offset: number): Uint8Array {
    return this.#bytes.slice(offset, this.offset);
  }

  rest(): Uint8Array {
    return this.raw(this.remaining);
  }
}

/** The refusal of bytes that do not decode. */
export function malformed(offset: number, problem: string): DevnetError {
  return new DevnetError(
    { code: "DEVNET_DECODE", offset, problem },
    `cannot decode at byte ${offset}: ${problem}`,
  );
}
