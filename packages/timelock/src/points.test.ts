import { bls12_381 } from "@noble/curves/bls12-381.js";
import { hexToBytes } from "@noble/hashes/utils.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeG1, decodeG2, G1_BYTES, G2_BYTES } from "./points.ts";

const { Fp, Fp2 } = bls12_381.fields;
const FIELD = Fp.ORDER.toString(16).padStart(96, "0");

/** The flag of a compressed encoding set on a coordinate in hex. */
const compressed = (hex: string) => {
  const bytes = hexToBytes(hex);
  bytes[0] = (bytes[0] ?? 0) | 0x80;
  return bytes;
};
const small = (x: number, bytes: number) => x.toString(16).padStart(2 * bytes, "0");

test("infinity is no point here", () => {
  const infinity = (bytes: number) => Uint8Array.from({ length: bytes }, (_, i) => (i === 0 ? 0xc0 : 0));
  expect(decodeG1(infinity(G1_BYTES))).toBeUndefined();
  expect(decodeG2(infinity(G2_BYTES))).toBeUndefined();
});

test("a point of the curve outside of the subgroup is refused", () => {
  const isOnCurve = (x: bigint) => {
    const square = Fp.add(Fp.pow(x, 3n), 4n);
    return Fp.is0(square) || Fp.pow(square, (Fp.ORDER - 1n) / 2n) === 1n;
  };
  const onG1 = Array.from({ length: 20 }, (_, x) => x).filter((x) => isOnCurve(BigInt(x)));
  expect(onG1.length).toBeGreaterThan(3);
  for (const x of onG1) expect(decodeG1(compressed(small(x, G1_BYTES)))).toBeUndefined();
});

test("a point of the twist outside of the subgroup is refused", () => {
  const isOnTwist = (x: number) => {
    const square = Fp2.add(Fp2.pow(Fp2.fromBigTuple([BigInt(x), 0n]), 3n), Fp2.fromBigTuple([4n, 4n]));
    return Fp2.eql(Fp2.pow(square, (Fp2.ORDER - 1n) / 2n), Fp2.ONE);
  };
  const onTwist = Array.from({ length: 12 }, (_, x) => x).filter(isOnTwist);
  expect(onTwist.length).toBeGreaterThan(2);
  for (const x of onTwist) expect(decodeG2(compressed(small(x, G2_BYTES)))).toBeUndefined();
});

test("a coordinate at or above the field's order is refused, though it means a valid point", () => {
  const generator = bls12_381.G1.Point.BASE.toBytes(true);
  expect(decodeG1(generator)?.equals(bls12_381.G1.Point.BASE)).toBe(true);
  expect(decodeG1(compressed(FIELD))).toBeUndefined();
  expect(decodeG2(compressed(`${FIELD}${small(0, 48)}`))).toBeUndefined();
});

test("an uncompressed point and any other length are refused", () => {
  const point = bls12_381.G1.Point.BASE;
  expect(decodeG1(point.toBytes(false))).toBeUndefined();
  expect(decodeG1(point.toBytes(true).subarray(1))).toBeUndefined();
  expect(decodeG2(bls12_381.G2.Point.BASE.toBytes(false))).toBeUndefined();
});

test("whatever bytes decode are the ones that point encodes to", () => {
  const scalar = fc.bigInt({ min: 1n, max: 2n ** 200n });
  fc.assert(
    fc.property(scalar, fc.nat({ max: 47 }), fc.nat({ max: 255 }), (k, at, value) => {
      const bytes = bls12_381.G1.Point.BASE.multiply(k).toBytes();
      bytes[at] = value;
      const decoded = decodeG1(bytes);
      if (decoded !== undefined) expect(decoded.toBytes()).toEqual(bytes);
    }),
    { numRuns: 50 },
  );
});
