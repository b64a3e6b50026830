import { assertUnique } from "../assert-unique.ts";
import { assertWhole } from "../assert-whole.ts";
import { seededRandom } from "../random/seeded-random.ts";
import { shuffled } from "../random/shuffled.ts";

/** Where sampling stands between two draws. */
export type SampleState = {
  /** Number of the shuffle that is being dealt, from 0. */
  readonly shuffle: number;
  /** Who is still to come in it, in order. */
  readonly remaining: readonly string[];
};

/** Whom a draw took, and where the next one begins. */
export type Sample = { readonly drawn: readonly string[]; readonly state: SampleState };

/** Before the first draw. */
export const FIRST_SAMPLE: SampleState = { shuffle: -1, remaining: [] };

/**
 * Draws miners to challenge, so that everybody comes equally often: seeded shuffles dealt from the top.
 *
 * Each shuffle holds every miner once. A draw that reaches the end of a shuffle runs on into the next one, passing over
 * those it already holds; they keep their place there. So nobody is drawn twice at once, and no two miners that were
 * there all along ever differ by more than one in how often they came.
 *
 * Shuffle k is `shuffled(population, seededRandom(seed + "/" + k))` of the population in ascending order of its text, the
 * same on every machine.
 *
 * @param population who can be drawn now, each once, any order. Who is gone is passed over; who is new comes in from the
 *   next shuffle on.
 * @param draw size of a draw, 1 or more; the whole population if it is not larger. Seed: text; a secret one, or miners
 *   can foresee when they will be asked.
 * @param state of the draw before, {@link FIRST_SAMPLE} at first.
 * @returns fewer than `size` only if there are no more miners.
 * @throws CoreError CORE_OUT_OF_RANGE, CORE_DUPLICATE.
 */
export function fairSample(
  population: readonly string[],
  { size, seed }: { size: number; seed: string },
  state: SampleState,
): Sample {
  assertWhole("size", size, 1);
  assertUnique("population", population);
  const present = new Set(population);
  const remaining = state.remaining.filter((miner) => present.has(miner));
  const drawn = remaining.slice(0, size);
  const missing = Math.min(size, population.length) - drawn.length;
  if (missing === 0) return { drawn, state: { ...state, remaining: remaining.slice(size) } };
  const shuffle = state.shuffle + 1;
  const order = shuffled(population.toSorted(), seededRandom(`${seed}/${shuffle}`));
  const held = new Set(drawn);
  const added = order.filter((miner) => !held.has(miner)).slice(0, missing);
  const taken = new Set(added);
  return {
    drawn: [...drawn, ...added],
    state: { shuffle, remaining: order.filter((miner) => !taken.has(miner)) },
  };
}
