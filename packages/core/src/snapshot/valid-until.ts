/** A snapshot is good for at least this many blocks: about a day. */
const LEAST_BLOCKS = 7_200;

/**
 * Block after which a snapshot is too old to act on: block + max(7,200, 3·tempo·(1 + p)).
 *
 * @param at block of the snapshot, blocks per epoch, and p = epochs until a commit is revealed (0 without
 *   commit-reveal).
 */
export function validUntil(at: { block: number; tempo: number; revealPeriodEpochs: number }): number {
  return at.block + Math.max(LEAST_BLOCKS, 3 * at.tempo * (1 + at.revealPeriodEpochs));
}
