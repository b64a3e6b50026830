import { coldkeyCap } from "../scores/coldkey-cap.ts";
import { voices } from "../scores/stake.ts";
import type { Aggregate, Scores, SimulatedVoter } from "./types.ts";
import { tailWeights, voiceNumbers } from "./voices.ts";

/** Mean score, every validator one voice. */
export const plainMean: Aggregate = () => (scores) =>
  weightedMean(
    scores,
    scores.map(() => 1),
  );

/** `stakeMean` of those that voted, in doubles. */
export const stakeWeightedMean: Aggregate = (voters) => {
  const weights = voiceNumbers(stakesOf(voters));
  return (scores) => weightedMean(scores, weights);
};

/** Median score, every validator one voice; of an even number the lower middle. */
export const headMedian: Aggregate = () => (scores) =>
  medianOf(
    scores,
    scores.map(() => 1),
  );

/** `stakeMedian` with stakes as they are. */
export const uncappedMedian: Aggregate = (voters) => {
  const weights = voiceNumbers(stakesOf(voters));
  return (scores) => medianOf(scores, weights);
};

/** `stakeMedian` with every coldkey's stake capped: the default of the rules. Capped stakes are exact to 2^-52 of all. */
export const cappedMedian: Aggregate = (voters) => {
  const weights = voiceNumbers(cappedStakes(voters));
  return (scores) => medianOf(scores, weights);
};

/** `trimmedMean`, every validator one voice; share of the votes cut off at either end, in [0, 0.5). */
export function trimmedByHead(share: number): Aggregate {
  return () => (scores) => {
    const { weights } = tailWeights(scores.length, share);
    return weightedMean(scores.toSorted(), weights);
  };
}

/** `winsorisedMean`, every validator one voice; share of the votes moved in at either end, in [0, 0.5). */
export function winsorisedByHead(share: number): Aggregate {
  return () => (scores) => {
    const { weights, tail, first, last } = tailWeights(scores.length, share);
    weights[first] = (weights[first] ?? 0) + tail;
    weights[last] = (weights[last] ?? 0) + tail;
    return weightedMean(scores.toSorted(), weights);
  };
}

function stakesOf(voters: readonly SimulatedVoter[]): bigint[] {
  return voices(voters.map(({ stakeRao }) => stakeRao));
}

/** Each voter's stake, scaled down where its coldkey holds more than the cap; in units of 1 / (cap's denominator · 2^52). */
function cappedStakes(voters: readonly SimulatedVoter[]): bigint[] {
  const stakes = stakesOf(voters);
  const totals = new Map<string, bigint>();
  for (const [index, { coldkey }] of voters.entries())
    totals.set(coldkey, (totals.get(coldkey) ?? 0n) + (stakes[index] ?? 0n));
  const cap = coldkeyCap([...totals.values()]);
  const isCapped = (total: bigint) => total * cap.denominator > cap.numerator;
  if (![...totals.values()].some(isCapped)) return stakes;
  return stakes.map((stake, index) => {
    const total = totals.get(voters[index]?.coldkey ?? "") ?? 0n;
    const scaled = stake << 52n;
    return isCapped(total) ? (scaled * cap.numerator) / total : scaled * cap.denominator;
  });
}

function weightedMean(scores: Scores, weights: ArrayLike<number>): number {
  let [sum, total] = [0, 0];
  for (let index = 0; index < scores.length; index += 1) {
    const weight = weights[index] ?? 0;
    sum += weight * (scores[index] ?? 0);
    total += weight;
  }
  return sum / total;
}

/**
 * The first score, ascending, at which half of the weight is reached; half exactly is enough.
 *
 * @param weights whole, with a sum that doubles hold, so that no order of adding changes it.
 */
function medianOf(scores: Scores, weights: ArrayLike<number>): number {
  const ascending = scores.toSorted();
  const half = weightUpTo(Number.POSITIVE_INFINITY, { scores, weights }) / 2;
  let [low, high] = [0, ascending.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (weightUpTo(ascending[middle] ?? 0, { scores, weights }) >= half) high = middle;
    else low = middle + 1;
  }
  return ascending[low] ?? Number.NaN;
}

/** Weight of the scores not above a limit. */
function weightUpTo(limit: number, votes: { scores: Scores; weights: ArrayLike<number> }): number {
  const { scores, weights } = votes;
  let sum = 0;
  for (let index = 0; index < scores.length; index += 1)
    if ((scores[index] ?? 0) <= limit) sum += weights[index] ?? 0;
  return sum;
}
