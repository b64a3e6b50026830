const NEWLINE = 0x0a;

/** Cuts a stream into lines and never holds more than one unfinished line of `maxBytes`. */
export class LineReader {
  readonly #maxBytes: number;
  #rest: Buffer[] = [];
  #size = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The lines complete so far, without their ends; throws RangeError at a line that is too long. */
  push(chunk: Buffer): string[] {
    const lines: string[] = [];
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      this.#keep(chunk.subarray(from, at));
      lines.push(Buffer.concat(this.#rest).toString());
      this.#rest = [];
      this.#size = 0;
      from = at + 1;
    }
    this.#keep(chunk.subarray(from));
    return lines;
  }

  #keep(part: Buffer): void {
    this.#size += part.length;
    if (this.#size > this.#maxBytes) throw new RangeError(`a line of more than ${this.#maxBytes} bytes`);
    if (part.length > 0) this.#rest.push(part);
  }
}
