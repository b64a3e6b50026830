/* oxlint-disable typescript/no-non-null-assertion -- numeric loops: every index is below the length it walks */
import { fromInteger, sdiv } from "../fixed.ts";
import type { EpochInput } from "../types.ts";
import { divFloor } from "./divide.ts";
import { createLanes, EXP_LIMIT, expLanes, type Lanes } from "./exponential.ts";
import { mulCeil, mulFloor } from "./multiply.ts";
import { proportionBits } from "./proportion.ts";
import { wideLogistic } from "./wide-logistic.ts";

const ONE = 4_294_967_296;
const HALF = ONE / 2;
const HUNDREDTHS = fromInteger(-100);
const LANES = 64;

/** The liquid bond rate's parameters: bounds, and the exponent's slope as a sign, whole units and a fraction. */
export type RateCurve = {
  readonly low: number;
  readonly high: number;
  readonly sign: number;
  readonly units: number;
  readonly fraction: number;
};

/** The subnet's liquid alpha parameters as raw bits. */
export function rateCurve(
  input: Pick<EpochInput, "alphaLow" | "alphaHigh" | "alphaSigmoidSteepness">,
): RateCurve {
  const slope = Number(sdiv(fromInteger(input.alphaSigmoidSteepness), HUNDREDTHS));
  const units = Math.floor(Math.abs(slope) / ONE);
  return {
    low: proportionBits(input.alphaLow),
    high: proportionBits(input.alphaHigh),
    sign: Math.sign(slope),
    units,
    fraction: Math.abs(slope) - units * ONE,
  };
}

/**
 * Replaces the first `count` distances d by the liquid bond rates at them, as `bondAlpha` states those, exactly.
 * Distances of 0, by far the most frequent, share one computation.
 *
 * Proof. The slope is at most 327.68·2^32 and |d − ½| ≤ 2^31: its whole units times |d − ½| stay below 2^40 and
 * its fraction times |d − ½| is within `mulFloor`, so the exponent is exact. For |exponent| ≤ 12 so are `expLanes`
 * and the quotient of ONE by less than 2^51, beyond that `wideLogistic`.
 *
 * @param values integers in [0, 2^32], raw bits; then likewise.
 */
export function ratesAt(values: Float64Array, { count, curve }: { count: number; curve: RateCurve }): void {
  const lanes = createLanes(LANES);
  const places = new Int32Array(LANES);
  const rateAtZero = rateAt(0, curve);
  let used = 0;
  for (let k = 0; k < count; k += 1) {
    if (values[k]! === 0) {
      values[k] = rateAtZero;
      continue;
    }
    const x = exponentAt(values[k]! - HALF, curve);
    if (Math.abs(x) > EXP_LIMIT) {
      values[k] = rateOf(wideLogistic(x), curve);
      continue;
    }
    lanes.x[used] = x;
    places[used] = k;
    used += 1;
    if (used < LANES) continue;
    settleLanes(values, { lanes, places, used, curve });
    used = 0;
  }
  settleLanes(values, { lanes, places, used, curve });
}

function settleLanes(
  values: Float64Array,
  waiting: { lanes: Lanes; places: Int32Array; used: number; curve: RateCurve },
): void {
  const { lanes, places, used, curve } = waiting;
  expLanes(lanes, used);
  for (let l = 0; l < used; l += 1) {
    const share = divFloor(ONE, ONE + lanes.result[l]!);
    values[places[l]!] = rateOf(share, curve);
  }
}

function rateAt(d: number, curve: RateCurve): number {
  const x = exponentAt(d - HALF, curve);
  if (Math.abs(x) > EXP_LIMIT) return rateOf(wideLogistic(x), curve);
  const lanes = createLanes(1);
  lanes.x[0] = x;
  expLanes(lanes, 1);
  return rateOf(divFloor(ONE, ONE + lanes.result[0]!), curve);
}

/** floor(slope · offset / 2^32). */
function exponentAt(offset: number, { sign, units, fraction }: RateCurve): number {
  const size = Math.abs(offset);
  if (sign * offset >= 0) return units * size + mulFloor(size, fraction);
  return -units * size - mulCeil(size, fraction);
}

/** low + share · (high − low), within [low, high]; `low` if the two cross. */
function rateOf(share: number, { low, high }: RateCurve): number {
  const rate = low + (high >= low ? mulFloor(share, high - low) : -mulCeil(share, low - high));
  if (rate < low) return low;
  return rate > high ? high : rate;
}
