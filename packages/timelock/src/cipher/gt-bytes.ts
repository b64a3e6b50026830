import type { Fp2, Fp6, Fp12 } from "@noble/curves/abstract/tower.js";

const COEFFICIENT_BYTES = 48;

/**
 * A pairing's value as arkworks writes it: 12 coefficients of 48 bytes little-endian, the lower one first at every level of
 * the tower. (The curve library's own bytes are big-endian.)
 */
export function gtBytes(value: Fp12): Uint8Array {
  const coefficients = [...ofFp6(value.c0), ...ofFp6(value.c1)];
  const bytes = new Uint8Array(coefficients.length * COEFFICIENT_BYTES);
  coefficients.forEach((coefficient, i) => {
    bytes.set(littleEndian(coefficient), i * COEFFICIENT_BYTES);
  });
  return bytes;
}

const ofFp6 = ({ c0, c1, c2 }: Fp6): bigint[] => [c0, c1, c2].flatMap(({ c0: re, c1: im }: Fp2) => [re, im]);

function littleEndian(value: bigint): Uint8Array {
  const view = new DataView(new ArrayBuffer(COEFFICIENT_BYTES));
  for (let at = 0; at < COEFFICIENT_BYTES; at += 8) view.setBigUint64(at, value >> BigInt(8 * at), true);
  return new Uint8Array(view.buffer);
}
