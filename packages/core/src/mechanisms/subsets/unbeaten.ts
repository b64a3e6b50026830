import type { EnvironmentMask } from "./beaten.ts";

/**
 * Every non-empty subset of `within` that is a subset of none of `lost`, in descending order of the mask.
 *
 * A subset of a lost one is lost: walking down from `within`, each lost set marks those with one environment less, so
 * that the walk costs 2^|within|·|within| however many are lost.
 *
 * @param within at most 16 bits.
 * @param lost sets that are lost with all their subsets.
 */
export function unbeatenSubsets(
  within: EnvironmentMask,
  lost: readonly EnvironmentMask[],
): EnvironmentMask[] {
  const isLost = new Uint8Array(within + 1);
  for (const mask of lost) isLost[mask & within] = 1;
  if (isLost[within] === 1) return [];
  const subsets: EnvironmentMask[] = [];
  for (let subset = within; subset > 0; subset = (subset - 1) & within)
    if (isLost[subset] === 1) markSmaller(subset, isLost);
    else subsets.push(subset);
  return subsets;
}

function markSmaller(subset: EnvironmentMask, isLost: Uint8Array): void {
  for (let left = subset; left > 0; left &= left - 1) isLost[subset & ~(left & -left)] = 1;
}
