import { exp } from "./exp.ts";
import { add, clamp, type Fixed, fromInteger, mul, ONE, prop, sdiv, sub } from "./fixed.ts";
import type { EpochInput, FixedRows, SparseRow } from "./types.ts";
import { at } from "./vector.ts";

const HUNDREDTHS = fromInteger(-100);
const HALF = ONE / 2n;

/** Bounds (Fixed in [0, ONE]) and steepness (Fixed, hundredths) of the liquid bond rate. */
export type LiquidAlpha = { readonly low: Fixed; readonly high: Fixed; readonly steepness: Fixed };

/** The subnet's liquid alpha parameters as Fixed. */
export function liquidAlphaOf(
  input: Pick<EpochInput, "alphaLow" | "alphaHigh" | "alphaSigmoidSteepness">,
): LiquidAlpha {
  return {
    low: prop(input.alphaLow),
    high: prop(input.alphaHigh),
    steepness: fromInteger(input.alphaSigmoidSteepness),
  };
}

/**
 * The rate at which one bond follows its weight: the further from consensus, or the deeper the sale, the faster.
 *
 * buy = clamp(w − C, 0, ONE), sell = clamp(b − w, 0, ONE), d = buy if w ≥ b else sell;
 * s = ONE / (ONE + exp(mul(steepness / −100, d − ½))); clamp(low + mul(s, high − low), low, high).
 *
 * @param pair consensus C of the miner, weight w and bond b of the validator on it, Fixed.
 * @see subtensor epoch/run_epoch.rs
 */
export function bondAlpha(
  pair: { consensus: Fixed; weight: Fixed; bond: Fixed },
  parameters: LiquidAlpha,
): Fixed {
  return alphaAt(distance(pair), parameters);
}

/**
 * The rate for every validator and miner: one dense row per uid, one value per miner.
 *
 * Both rows are walked once along ascending uids, as the chain does: in a row that is not ascending, entries
 * behind a larger uid are not seen and count as 0.
 *
 * @param weights weights for bonds, one sparse row per uid, Fixed.
 * @param market `bonds` previous bonds, one sparse row per uid; `consensus` C, one per uid, Fixed.
 * @see subtensor epoch/run_epoch.rs
 */
export function bondAlphas(
  weights: FixedRows,
  market: { bonds: FixedRows; consensus: readonly Fixed[]; parameters: LiquidAlpha },
): Fixed[][] {
  const alphas = new Map<Fixed, Fixed>();
  const { consensus } = market;
  return weights.map((row, i) => {
    const seenWeights = walk(row, consensus.length);
    const seenBonds = walk(market.bonds[i] ?? [], consensus.length);
    return consensus.map((level, j) => {
      const d = distance({ consensus: level, weight: at(seenWeights, j), bond: at(seenBonds, j) });
      const alpha = alphas.get(d) ?? alphaAt(d, market.parameters);
      alphas.set(d, alpha);
      return alpha;
    });
  });
}

function distance(pair: { consensus: Fixed; weight: Fixed; bond: Fixed }): Fixed {
  const bought = clamp(sub(pair.weight, pair.consensus), 0n, ONE);
  const sold = clamp(sub(pair.bond, pair.weight), 0n, ONE);
  return pair.weight >= pair.bond ? bought : sold;
}

function alphaAt(d: Fixed, { low, high, steepness }: LiquidAlpha): Fixed {
  const exponent = mul(sdiv(steepness, HUNDREDTHS), sub(d, HALF));
  const share = sdiv(ONE, add(ONE, exp(exponent)));
  return clamp(add(low, mul(share, sub(high, low))), low, high);
}

/** The values a single pass along ascending uids meets, by uid. */
function walk(row: SparseRow<Fixed>, length: number): Fixed[] {
  const seen: Fixed[] = [];
  let next = 0;
  for (let uid = 0; uid < length; uid += 1) {
    while ((row[next]?.[0] ?? length) < uid) next += 1;
    const entry = row[next];
    seen.push(entry?.[0] === uid ? entry[1] : 0n);
  }
  return seen;
}
