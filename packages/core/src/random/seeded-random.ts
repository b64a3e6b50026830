import { assertWhole } from "../assert-whole.ts";
import { assertWithin } from "../assert-within.ts";
import { fnv1a } from "../fnv1a.ts";

/** A stream of numbers that a seed decides. */
export type SeededRandom = {
  /** The next number in [0, 1), a multiple of 2^−32. */
  next(): number;
  /** The next whole number in 0..bound − 1, each equally likely; bound 1 to 2^32. */
  below(bound: number): number;
};

/** Numbers thrown away first, so that similar seeds give unlike streams. */
const WARM_UP = 16;
const TWO_TO_32 = 4_294_967_296;

/**
 * Random numbers that are the same on every machine: the generator sfc32.
 *
 * State a, b, c and a counter d of 32 bits each; one step: t = a + b + d, d + 1, a = b ^ (b >>> 9), b = c + 8c,
 * c = (c rotated left by 21) + t, result t. a, b and c begin as FNV-1a of the seed behind "a", "b" and "c", d as 1, and 16
 * numbers are dropped. Good statistics; no protection: who sees enough numbers knows the rest. `below` draws again
 * where a plain remainder would favour small numbers.
 *
 * @param seed any text; a secret one if nobody may foresee the stream.
 */
export function seededRandom(seed: string): SeededRandom {
  const step = sfc32(seed);
  for (let i = 0; i < WARM_UP; i += 1) step();
  return {
    next: () => step() / TWO_TO_32,
    below: (bound) => {
      assertWhole("bound", bound, 1);
      assertWithin("bound", bound, [1, TWO_TO_32]);
      const even = TWO_TO_32 - (TWO_TO_32 % bound);
      let drawn = step();
      while (drawn >= even) drawn = step();
      return drawn % bound;
    },
  };
}

/** One step of the generator per call, 0..2^32 − 1. */
function sfc32(seed: string): () => number {
  let [a, b, c, d] = [fnv1a(`a${seed}`) | 0, fnv1a(`b${seed}`) | 0, fnv1a(`c${seed}`) | 0, 1];
  return () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return t >>> 0;
  };
}
