/** One sampled miner in a round of challenges. */
export type SampledMiner = {
  /** Whether it answered the challenge before this one. */
  readonly hasAnsweredBefore: boolean;
  /** Whether this time no connection to it could be made. */
  readonly hasFailedToConnect: boolean;
};

/** Miners that were there a moment ago without which nothing can be said about the validator's own network. */
const LEAST_WITNESSES = 8;

/**
 * Whether a round says more about the validator's network than about the miners, and counts for nobody.
 *
 * Void iff at least 8 of the sampled answered their previous challenge and half of those or more now fail to connect. So
 * many never fail at once by themselves; a few, or miners that were silent before, fail on their own account.
 *
 * @param sampled all miners of the round, any order.
 */
export function isVoidRound(sampled: readonly SampledMiner[]): boolean {
  const witnesses = sampled.filter(({ hasAnsweredBefore }) => hasAnsweredBefore);
  const failing = witnesses.filter(({ hasFailedToConnect }) => hasFailedToConnect);
  return witnesses.length >= LEAST_WITNESSES && failing.length * 2 >= witnesses.length;
}
