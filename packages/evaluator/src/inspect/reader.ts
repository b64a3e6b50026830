import { refuse } from "./refuse.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Reads the WebAssembly binary format front to back; whatever runs past the end is refused as malformed. */
export class Reader {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  #at: number;

  constructor(bytes: Uint8Array, { from = 0, to = bytes.length }: { from?: number; to?: number } = {}) {
    this.#bytes = bytes;
    this.#at = from;
    this.#end = to;
  }

  get offset(): number {
    return this.#at;
  }

  get isDone(): boolean {
    return this.#at === this.#end;
  }

  peek(): number {
    const value = this.#at < this.#end ? this.#bytes[this.#at] : undefined;
    return value ?? refuse("malformed", `ends early at byte ${this.#at}`);
  }

  byte(): number {
    const value = this.peek();
    this.#at += 1;
    return value;
  }

  skip(count: number): void {
    if (count > this.#end - this.#at) refuse("malformed", `ends early at byte ${this.#at}`);
    this.#at += count;
  }

  /** An unsigned LEB128 of at most five bytes and 32 bits. */
  u32(): number {
    let value = 0;
    for (let i = 0; i < 5; i += 1) {
      const byte = this.byte();
      if (i === 4 && byte > 0x0f) return refuse("malformed", `number too long at byte ${this.#at}`);
      value += (byte & 0x7f) * 2 ** (7 * i);
      if (byte < 0x80) return value;
    }
    return refuse("malformed", `number too long at byte ${this.#at}`);
  }

  /** Passes over a signed LEB128 of at most `maxBytes`; its value does not matter here. */
  skipSigned(maxBytes: number): void {
    for (let i = 0; i < maxBytes; i += 1) if (this.byte() < 0x80) return;
    refuse("malformed", `number too long at byte ${this.#at}`);
  }

  name(): string {
    const length = this.u32();
    const from = this.#at;
    this.skip(length);
    try {
      return utf8.decode(this.#bytes.subarray(from, from + length));
    } catch {
      return refuse("malformed", `name at byte ${from} is not UTF-8`);
    }
  }

  /** A reader of the next `length` bytes, which this one then leaves behind. */
  part(length: number): Reader {
    const from = this.#at;
    this.skip(length);
    return new Reader(this.#bytes, { from, to: from + length });
  }
}
