import { averageBonds, type BondInput, bondRate, previousBonds } from "./bonds.ts";
import { add, type Fixed, mul, ONE, sub } from "./fixed.ts";
import { bondAlphas, type LiquidAlpha } from "./liquid-alpha.ts";
import { denseRow, dotRows, normaliseColumns } from "./rows.ts";
import type { FixedRows, SparseRow } from "./types.ts";
import { at } from "./vector.ts";

/** The Yuma3 bonds path, step by step. */
export type Yuma3Bonds = {
  readonly path: "yuma3";
  /** B: previous bonds as proportions; columns are not normalised. */
  readonly previous: FixedRows;
  /** Rate of each (validator, miner), one dense row per uid; null if one rate holds for all. */
  readonly alphas: readonly (readonly Fixed[])[] | null;
  /** E: the new bonds, stored as they are. */
  readonly state: FixedRows;
  /** N: E with columns that sum to about ONE. */
  readonly average: FixedRows;
  /** x_i = Σ_j mul(N_ij, I_j): what each validator's bonds are worth. */
  readonly totals: readonly Fixed[];
};

/**
 * Bonds of Yuma3: each bond follows its own weight, without competition between validators.
 *
 * E = moving average of W over B at one rate, or, with liquid alpha and any consensus at all, at one rate per
 * pair (see {@link followWeights}).
 *
 * @param market `weights` for bonds, one sparse row per uid, Fixed in [0, ONE]; `consensus` C and `incentive` I,
 *   one per uid, Fixed; `liquid` null while liquid alpha is off.
 * @see subtensor epoch/run_epoch.rs
 */
export function yuma3Bonds(
  input: BondInput,
  market: {
    weights: FixedRows;
    consensus: readonly Fixed[];
    incentive: readonly Fixed[];
    liquid: LiquidAlpha | null;
  },
): Yuma3Bonds {
  const { weights, consensus, liquid } = market;
  const previous = previousBonds(input, "proportion");
  const isLiquid = liquid !== null && consensus.some((level) => level !== 0n);
  const alphas = isLiquid ? bondAlphas(weights, { bonds: previous, consensus, parameters: liquid }) : null;
  const state =
    alphas === null
      ? averageBonds(weights, { previous, rate: bondRate(input.bondsMovingAverage) })
      : followWeights(weights, { previous, alphas });
  const average = normaliseColumns(state);
  return { path: "yuma3", previous, alphas, state, average, totals: dotRows(average, market.incentive) };
}

/**
 * Moving average of bonds at one rate per pair:
 * E_ij = min(ONE, mul(ONE − alpha_ij, B_ij) + max(0, mul(alpha_ij, W_ij))), positive values only.
 *
 * Only for the entries of the weight row, in its order: leaving a miner out of the row drops the bond at once,
 * an explicit 0 lets it decay.
 *
 * @see subtensor epoch/math.rs
 */
export function followWeights(
  weights: FixedRows,
  bonds: { previous: FixedRows; alphas: readonly (readonly Fixed[])[] },
): FixedRows {
  return weights.map((row, i) => {
    const alphas = bonds.alphas[i] ?? [];
    const previous = denseRow(bonds.previous[i] ?? [], alphas.length);
    return followRow(row, { previous, alphas });
  });
}

function followRow(
  row: SparseRow<Fixed>,
  bonds: { previous: readonly Fixed[]; alphas: readonly Fixed[] },
): SparseRow<Fixed> {
  const follow = (j: number, weight: Fixed): Fixed => {
    const alpha = at(bonds.alphas, j);
    const decayed = mul(sub(ONE, alpha), at(bonds.previous, j));
    const gained = mul(alpha, weight);
    const bond = add(decayed, gained > 0n ? gained : 0n);
    return bond < ONE ? bond : ONE;
  };
  return row.map(([j, weight]) => [j, follow(j, weight)] as const).filter(([, bond]) => bond > 0n);
}
