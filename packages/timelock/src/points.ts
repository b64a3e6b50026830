import { bls12_381 } from "@noble/curves/bls12-381.js";

const { G1, G2 } = bls12_381;

/** A point of the prime-order subgroup that holds signatures and hashed rounds. */
export type G1Point = ReturnType<typeof G1.Point.fromBytes>;
/** A point of the prime-order subgroup that holds public keys. */
export type G2Point = ReturnType<typeof G2.Point.fromBytes>;

export const G1_BYTES = 48;
export const G2_BYTES = 96;

/** The point of a compressed encoding; undefined unless canonical, in the subgroup and not infinity. */
export function decodeG1(bytes: Uint8Array): G1Point | undefined {
  return bytes.length === G1_BYTES ? finitePoint(() => G1.Point.fromBytes(bytes)) : undefined;
}

/** The point of a compressed encoding; undefined unless canonical, in the subgroup and not infinity. */
export function decodeG2(bytes: Uint8Array): G2Point | undefined {
  return bytes.length === G2_BYTES ? finitePoint(() => G2.Point.fromBytes(bytes)) : undefined;
}

/** The library says "no such point" by throwing; for the caller that is an answer. */
function finitePoint<Point extends { is0(): boolean }>(decode: () => Point): Point | undefined {
  try {
    const point = decode();
    return point.is0() ? undefined : point;
  } catch {
    return undefined;
  }
}
