import { CoreError } from "../errors.ts";
import { coldkeyCap } from "../scores/coldkey-cap.ts";
import { voices } from "../scores/stake.ts";
import type { Aggregate, Scores, SimulatedVoter } from "./types.ts";
import { isHalf, tailWeights, type Voices, voicesOf } from "./voices.ts";

/** Mean score, every validator one voice. */
export const plainMean: Aggregate = () => (scores) =>
  weightedMean(
    scores,
    scores.map(() => 1),
  );

/** `stakeMean` of those that voted, in doubles. */
export const stakeWeightedMean: Aggregate = (voters) => {
  const { shares } = voicesOf(stakesOf(voters));
  return (scores) => weightedMean(scores, shares);
};

/** Median score, every validator one voice; of an even number the lower middle. */
export const headMedian: Aggregate = () => (scores) =>
  scores.toSorted()[(scores.length - 1) >> 1] ?? Number.NaN;

/** `stakeMedian` with stakes as they are. */
export const uncappedMedian: Aggregate = (voters) => {
  const voices = voicesOf(stakesOf(voters));
  return (scores) => medianOf(scores, voices);
};

/** `stakeMedian` with every coldkey's stake capped: the default of the rules. */
export const cappedMedian: Aggregate = (voters) => {
  const voices = voicesOf(cappedStakes(voters));
  return (scores) => medianOf(scores, voices);
};

/** `trimmedMean`, every validator one voice; share of the votes cut off at either end, in [0, 0.5), or CORE_OUT_OF_RANGE. */
export function trimmedByHead(share: number): Aggregate {
  assertTail(share);
  return () => (scores) => {
    const { weights } = tailWeights(scores.length, share);
    return weightedMean(scores.toSorted(), weights);
  };
}

/** `winsorisedMean`, every validator one voice; share of the votes moved in at either end, in [0, 0.5), or CORE_OUT_OF_RANGE. */
export function winsorisedByHead(share: number): Aggregate {
  assertTail(share);
  return () => (scores) => {
    const { weights, tail, first, last } = tailWeights(scores.length, share);
    weights[first] = (weights[first] ?? 0) + tail;
    weights[last] = (weights[last] ?? 0) + tail;
    return weightedMean(scores.toSorted(), weights);
  };
}

function assertTail(share: number): void {
  if (share >= 0 && share < 0.5) return;
  const [name, value, range] = ["tail", String(share), "0 or more, below 0.5"];
  throw new CoreError({ code: "CORE_OUT_OF_RANGE", name, value, range });
}

function stakesOf(voters: readonly SimulatedVoter[]): bigint[] {
  return voices(voters.map(({ stakeRao }) => stakeRao));
}

/** Each voter's stake, scaled down where its coldkey holds more than the cap; whole, in a unit that makes it so. */
function cappedStakes(voters: readonly SimulatedVoter[]): bigint[] {
  const stakes = stakesOf(voters);
  const totals = new Map<string, bigint>();
  for (const [index, { coldkey }] of voters.entries())
    totals.set(coldkey, (totals.get(coldkey) ?? 0n) + (stakes[index] ?? 0n));
  const cap = coldkeyCap([...totals.values()]);
  const isCapped = (total: bigint) => total * cap.denominator > cap.numerator;
  // At most a few coldkeys hold more than a fifth, so that the common denominator stays small.
  const unit = [...totals.values()].filter(isCapped).reduce((product, total) => product * total, 1n);
  return stakes.map((stake, index) => {
    const total = totals.get(voters[index]?.coldkey ?? "") ?? 0n;
    return stake * (isCapped(total) ? cap.numerator * (unit / total) : cap.denominator * unit);
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

/** The first score, ascending, at which half of the weight is reached; half exactly is enough. */
function medianOf(scores: Scores, voices: Voices): number {
  const ascending = scores.toSorted();
  let [low, high] = [0, ascending.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    const limit = ascending[middle] ?? 0;
    if (isHalf(voices, (index) => (scores[index] ?? 0) <= limit)) high = middle;
    else low = middle + 1;
  }
  return ascending[low] ?? Number.NaN;
}
