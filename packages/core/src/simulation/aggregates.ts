import { stakeMean } from "../scores/stake-mean.ts";
import { stakeMedian } from "../scores/stake-median.ts";
import { trimmedMean } from "../scores/trimmed-mean.ts";
import { winsorisedMean } from "../scores/winsorised-mean.ts";
import type { Aggregate, SimulatedVote } from "./types.ts";

/** The same votes, one voice each. */
const byHead = (votes: readonly SimulatedVote[]): SimulatedVote[] =>
  votes.map((vote) => ({ ...vote, stakeRao: 1n }));
const ascending = (a: SimulatedVote, b: SimulatedVote): number => a.score - b.score;
const stakeOf = (votes: readonly SimulatedVote[]): bigint =>
  votes.reduce((sum, { stakeRao }) => sum + stakeRao, 0n);

/** Mean vote, every validator one voice. */
export const plainMean: Aggregate = (votes) => stakeMean(byHead(votes), 1n)?.value ?? null;
/** `stakeMean` of those that voted. */
export const stakeWeightedMean: Aggregate = (votes) => stakeMean(votes, stakeOf(votes))?.value ?? null;
/** `stakeMedian` with every coldkey's stake capped: the default of the rules. */
export const cappedMedian: Aggregate = (votes) => stakeMedian(votes, ascending).capped.score;
/** `stakeMedian` with stakes as they are. */
export const uncappedMedian: Aggregate = (votes) => stakeMedian(votes, ascending).raw.score;
/** Median vote, every validator one voice. */
export const headMedian: Aggregate = (votes) => stakeMedian(byHead(votes), ascending).raw.score;

/** `trimmedMean`, every validator one voice; share of the votes cut off at either end. */
export function trimmedByHead(share: number): Aggregate {
  return (votes) => trimmedMean(byHead(votes), share).value;
}

/** `winsorisedMean`, every validator one voice; share of the votes moved in at either end. */
export function winsorisedByHead(share: number): Aggregate {
  return (votes) => winsorisedMean(byHead(votes), share).value;
}
