import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesToNumbers, type Frame, FrameReader, frameBytes, numbersToBytes } from "./frames.ts";

const anyFrames = fc.array(fc.tuple(fc.nat(255), fc.uint8Array({ maxLength: 50 })), { maxLength: 6 });

test("frames come out as they went in, wherever the stream is cut", () => {
  fc.assert(
    fc.property(anyFrames, fc.integer({ min: 1, max: 60 }), (frames, size) => {
      const stream = Buffer.concat(frames.map(([kind, payload]) => frameBytes(kind, payload)));
      const reader = new FrameReader(50);
      const read: Frame[] = [];
      for (let at = 0; at < stream.length; at += size)
        read.push(...reader.push(stream.subarray(at, at + size)));
      expect(read.map(({ kind, payload }) => [kind, Uint8Array.from(payload)])).toEqual(frames);
    }),
  );
});

test("a frame that announces too much is refused before it arrives", () => {
  const header = frameBytes(1, new Uint8Array(51)).subarray(0, 5);
  expect(() => new FrameReader(50).push(header)).toThrow(RangeError);
});

test("numbers survive the bytes, also from an odd address", () => {
  const numbers = Float64Array.of(0.1, -0, Number.NaN, Number.MAX_VALUE);
  const shifted = new Uint8Array(33);
  shifted.set(numbersToBytes(numbers), 1);
  expect(bytesToNumbers(shifted.subarray(1))).toEqual(numbers);
});
