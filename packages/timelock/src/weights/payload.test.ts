import { bytesToHex, concatBytes, hexToBytes } from "@noble/hashes/utils.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { TimelockError } from "../errors.ts";
import { refusalOf } from "../test/refusal.ts";
import { tlock, weightsOf } from "../test/vectors.ts";
import { decodePayload, encodePayload, type WeightsPayload } from "./payload.ts";
import { compact } from "./scale.ts";

const U16 = fc.integer({ min: 0, max: 0xffff });
const U64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const basic = weightsOf(tlock.payloads.items[0]!);
/** The same weights as the form before the hotkey wrote them. */
const older = (payload: WeightsPayload) => encodePayload(payload).subarray(33);

test.each(tlock.payloads.items)("the bytes are those of Rust's codec: $name", (vector) => {
  const weights = weightsOf(vector);
  expect(bytesToHex(encodePayload(weights))).toBe(vector.scale);
  expect(decodePayload(hexToBytes(vector.scale))).toEqual(weights);
});

test("any weights are read back as they were", () => {
  const entries = fc.oneof(
    fc.array(fc.tuple(U16, U16), { maxLength: 80 }),
    fc.constantFrom(63, 64, 16_383, 16_384).map((n) => Array.from({ length: n }, () => [1, 2] as const)),
  );
  const hotkey = fc.uint8Array({ minLength: 32, maxLength: 32 });
  fc.assert(
    fc.property(hotkey, entries, U64, (owner, pairs, versionKey) => {
      const [uids, values] = [pairs.map(([uid]) => uid), pairs.map(([, value]) => value)];
      const weights = { hotkey: owner, uids, values, versionKey };
      expect(decodePayload(encodePayload(weights))).toEqual(weights);
    }),
    { numRuns: 40 },
  );
});

test("the older form is read and has no hotkey", () => {
  for (const item of tlock.payloads.items) {
    const weights = weightsOf(item);
    expect(decodePayload(older(weights))).toEqual({ ...weights, hotkey: null });
  }
});

test("bytes that begin with a current payload are never taken for an older one", () => {
  // 32 uids: their length and the first 16 read as a hotkey, the rest as empty lists and a version key.
  const uids = Array.from({ length: 32 }, (_, i) => (i < 16 ? 0x1111 : 0));
  const bytes = older({ ...basic, uids, values: uids });
  expect(() => decodePayload(bytes)).toThrow("bytes follow");
});

test("a hotkey too short for an account makes it no current payload", () => {
  const bytes = concatBytes(compact(2), new Uint8Array(4), compact(2), new Uint8Array(4), new Uint8Array(8));
  expect(decodePayload(bytes)).toEqual({ hotkey: null, uids: [0, 0], values: [0, 0], versionKey: 0n });
});

test("a longer hotkey, missing bytes and bytes that follow are refused", () => {
  const bytes = encodePayload(basic);
  const longer = concatBytes(compact(33), new Uint8Array(33), bytes.subarray(33));
  for (const wrong of [
    longer,
    bytes.subarray(0, -1),
    concatBytes(bytes, new Uint8Array(1)),
    new Uint8Array(),
  ])
    expect(refusalOf(() => decodePayload(wrong))).toBe("TIMELOCK_PAYLOAD_MALFORMED");
});

test("lists of different lengths are read, as the chain reads them, but never written", () => {
  const bytes = concatBytes(compact(1), new Uint8Array(2), compact(0), new Uint8Array(8));
  expect(decodePayload(bytes)).toMatchObject({ uids: [0], values: [] });
  expect(refusalOf(() => encodePayload({ ...basic, values: [1] }))).toBe("TIMELOCK_UNEQUAL_LENGTHS");
});

test.each<[string, string, Partial<WeightsPayload>]>([
  ["a short hotkey", "TIMELOCK_WRONG_LENGTH", { hotkey: new Uint8Array(31) }],
  ["a uid above u16", "TIMELOCK_OUT_OF_RANGE", { uids: [0, 1, 2, 65_536] }],
  ["a negative value", "TIMELOCK_OUT_OF_RANGE", { values: [1, 2, 3, -1] }],
  ["a value that is no number", "TIMELOCK_OUT_OF_RANGE", { values: [1, 2, 3, Number.NaN] }],
  ["a version key above u64", "TIMELOCK_OUT_OF_RANGE", { versionKey: 2n ** 64n }],
])("%s is refused", (_name, code, change) => {
  expect(refusalOf(() => encodePayload({ ...basic, ...change }))).toBe(code);
});

test("whatever the bytes, it answers or refuses by name", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        expect(decodePayload(bytes).uids.length).toBeLessThan(100);
      } catch (error) {
        expect(error).toBeInstanceOf(TimelockError);
      }
    }),
    { numRuns: 1000 },
  );
});
