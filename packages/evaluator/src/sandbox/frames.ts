/** What the two processes say to each other; a frame is a u32 length, one byte of kind, and the payload. */
export const FRAME = { ready: 1, load: 2, loaded: 3, turn: 4, actions: 5, failure: 6, fault: 7 } as const;

export type Frame = { readonly kind: number; readonly payload: Buffer };

const HEADER_BYTES = 5;

export function frameBytes(kind: number, payload: Uint8Array = new Uint8Array()): Buffer {
  const bytes = Buffer.allocUnsafe(HEADER_BYTES + payload.length);
  bytes.writeUInt32LE(payload.length);
  bytes.writeUInt8(kind, 4);
  bytes.set(payload, HEADER_BYTES);
  return bytes;
}

/** Cuts a stream of chunks into frames and never holds more than one payload of `maxPayload` bytes. */
export class FrameReader {
  readonly #maxPayload: number;
  #chunks: Buffer[] = [];
  #size = 0;

  constructor(maxPayload: number) {
    this.#maxPayload = maxPayload;
  }

  /** The frames complete so far; throws RangeError at a header that announces too much. */
  push(chunk: Buffer): Frame[] {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    const frames: Frame[] = [];
    for (let frame = this.#take(); frame !== undefined; frame = this.#take()) frames.push(frame);
    return frames;
  }

  #take(): Frame | undefined {
    if (this.#size < HEADER_BYTES) return undefined;
    const head = this.#joined(HEADER_BYTES);
    const length = head.readUInt32LE();
    if (length > this.#maxPayload) throw new RangeError(`frame of ${length} bytes`);
    if (this.#size < HEADER_BYTES + length) return undefined;
    const all = this.#joined(this.#size);
    const rest = all.subarray(HEADER_BYTES + length);
    this.#chunks = rest.length === 0 ? [] : [rest];
    this.#size = rest.length;
    return { kind: all.readUInt8(4), payload: all.subarray(HEADER_BYTES, HEADER_BYTES + length) };
  }

  /** At least `count` bytes in one buffer; joined only when the first chunk is too short. */
  #joined(count: number): Buffer {
    const [first] = this.#chunks;
    if (first !== undefined && first.length >= count) return first;
    const all = Buffer.concat(this.#chunks);
    this.#chunks = [all];
    return all;
  }
}

/** Numbers as bytes and back; both ends run on one machine, so its own byte order serves. */
export function numbersToBytes(numbers: Float64Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

export function bytesToNumbers(bytes: Uint8Array): Float64Array<ArrayBuffer> {
  const aligned = Uint8Array.from(bytes);
  return new Float64Array(aligned.buffer, 0, Math.floor(aligned.length / 8));
}
