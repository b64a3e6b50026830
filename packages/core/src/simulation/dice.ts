import { seededRandom } from "../random/seeded-random.ts";

/** A reproducible stream of random numbers. */
export type Dice = {
  /** A multiple of 2^-32 in [0, 1), all equally likely. */
  readonly unit: () => number;
  /** About normal with mean 0 and standard deviation 1, never beyond ±4.9, see {@link diceOf}. */
  readonly normal: () => number;
};

const TWO_32 = 4_294_967_296;
const HALF_RANGE = 65_536;
const HALVES = 8;
/** 1 / the standard deviation of a sum of eight numbers even in [0, 1). */
const SCALE = Math.sqrt(12 / HALVES);
const MEAN_OF_SUM = (HALVES * (HALF_RANGE - 1)) / 2;

/**
 * The dice of a participant under a seed: equal ones throw the same numbers on every machine, and one participant's
 * draws never move another's.
 *
 * `seededRandom` of seed and name. `normal` is the sum of the eight 16-bit halves of four draws, centred and scaled
 * (Irwin-Hall): no logarithm or cosine, which engines may round differently.
 */
export function diceOf(seed: number, name: string): Dice {
  const random = seededRandom(`${seed}/${name}`);
  return {
    unit: () => random.next(),
    normal: () => {
      let sum = 0;
      for (let k = 0; k < HALVES; k += 2) {
        const bits = random.next() * TWO_32;
        sum += (bits & 0xff_ff) + (bits >>> 16);
      }
      return ((sum - MEAN_OF_SUM) / HALF_RANGE) * SCALE;
    },
  };
}
