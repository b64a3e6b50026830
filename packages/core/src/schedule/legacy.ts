import { assertWhole } from "../assert-whole.ts";

/**
 * Blocks until the next epoch by the formula the chain used before epochs had a state of their own:
 * tempo − (block + netuid + 1) mod (tempo + 1); null when tempo is 0.
 *
 * For reading old data only. The period is tempo + 1 here, tempo since; `nextEpochStart` answers for a chain of now.
 * At the block of an epoch it is 0.
 *
 * @param at whole numbers, 0 or more.
 * @throws CoreError CORE_OUT_OF_RANGE.
 */
export function legacyBlocksUntilEpoch(at: { block: number; netuid: number; tempo: number }): number | null {
  for (const name of ["block", "netuid", "tempo"] as const) assertWhole(name, at[name]);
  if (at.tempo === 0) return null;
  return at.tempo - ((at.block + at.netuid + 1) % (at.tempo + 1));
}
