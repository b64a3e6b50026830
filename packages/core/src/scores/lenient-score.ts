/**
 * A score as the source subnets read it: a missing, NaN, infinite or negative one counts as 0.
 *
 * For comparison with their vectors and recorded data only; everything else here refuses such a score, because an error
 * that counts as 0 is a miner that is not paid.
 *
 * @see BitMind SN34, weights by miner type.
 */
export function lenientScore(score: number | null): number {
  return score !== null && Number.isFinite(score) && score > 0 ? score : 0;
}
