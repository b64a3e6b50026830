import { assertWhole } from "../../assert-whole.ts";
import { PPB } from "../../schema/primitives.ts";

/** What a lost leader is still paid counts as nothing below this share: 0.1 %. */
const LEAST_PPB = PPB / 1000;

/**
 * Points a lost leader is still paid: halved once for every full half-life since it was lost, zero below 0.1 %.
 *
 * points · floor(PPB / 2^h), h = floor((block − lostAtBlock) / halfLifeBlocks); all points until one half-life has
 * passed. Integers only.
 *
 * @param loss points of the competition; blocks at which the leader was lost and of the vector, whole, the first not
 *   after the second; `halfLifeBlocks` whole, 1 or more (one tempo).
 * @returns billionths of a point.
 * @throws CoreError CORE_OUT_OF_RANGE.
 */
export function decayedPoints(loss: {
  points: number;
  lostAtBlock: number;
  block: number;
  halfLifeBlocks: number;
}): bigint {
  assertWhole("points", loss.points);
  assertWhole("halfLifeBlocks", loss.halfLifeBlocks, 1);
  assertWhole("block", loss.block, loss.lostAtBlock);
  const halvings = Math.floor((loss.block - loss.lostAtBlock) / loss.halfLifeBlocks);
  const kept = Math.floor(PPB / 2 ** halvings);
  return kept < LEAST_PPB ? 0n : BigInt(loss.points) * BigInt(kept);
}
