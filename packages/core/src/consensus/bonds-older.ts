import { averageBonds, type BondInput, bondRate, previousBonds } from "./bonds.ts";
import type { Fixed } from "./fixed.ts";
import { normaliseColumns, scaleRows, upscaleColumns } from "./rows.ts";
import type { FixedRows } from "./types.ts";

/** The older bonds path, step by step; each is one sparse row per uid, Fixed. */
export type OlderBonds = {
  readonly path: "older";
  /** B: previous bonds, columns sum to about ONE. */
  readonly previous: FixedRows;
  /** D: weights times active stake, columns sum to about ONE. */
  readonly delta: FixedRows;
  /** E: the moving average, columns sum to about ONE. */
  readonly average: FixedRows;
  /** E as stored: the largest of each column is ONE. */
  readonly state: FixedRows;
};

/**
 * Bonds before Yuma3: every validator's share in a miner, averaged over epochs.
 *
 * B = normalised columns of the stored bonds; D = normalised columns of mul(W, A); E = normalised columns of
 * the moving average of D over B; stored as E over its column's maximum.
 *
 * @param weights weights for bonds, one sparse row per uid, Fixed in [0, ONE].
 * @see subtensor epoch/run_epoch.rs
 */
export function olderBonds(
  input: BondInput,
  stakedWeights: { weights: FixedRows; activeStake: readonly Fixed[] },
): OlderBonds {
  const previous = normaliseColumns(previousBonds(input, "integer"));
  const delta = normaliseColumns(scaleRows(stakedWeights.weights, stakedWeights.activeStake));
  const rate = bondRate(input.bondsMovingAverage);
  const average = normaliseColumns(averageBonds(delta, { previous, rate }));
  return { path: "older", previous, delta, average, state: upscaleColumns(average) };
}
