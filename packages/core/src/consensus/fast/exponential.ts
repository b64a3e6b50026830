/* oxlint-disable typescript/no-non-null-assertion -- numeric loops: every index is below the length it walks */
import { exp } from "../exp.ts";
import { ONE as FIXED_ONE } from "../fixed.ts";
import { divFloor } from "./divide.ts";
import { mulFloor } from "./multiply.ts";

const ONE = 4_294_967_296;
const PER_ONE = 1 / ONE;
const LAST_TERM = 31;
const E = Number(exp(FIXED_ONE));
/** 2^−51: wider than the relative error of an estimated term, see the proof. */
const RELATIVE_ERROR = 4.440892098500626e-16;

/** The largest |x|, as raw bits, that {@link expLanes} covers: 12. */
export const EXP_LIMIT = 12 * ONE;

/** Exponents side by side: a term waits for the one before it, but not for its neighbours. */
export type Lanes = {
  readonly x: Float64Array;
  readonly result: Float64Array;
  readonly term: Float64Array;
};

/** Room for `count` exponents. */
export function createLanes(count: number): Lanes {
  return { x: new Float64Array(count), result: new Float64Array(count), term: new Float64Array(count) };
}

/**
 * e^x by the chain's series, as `exp` states it, exactly, for the first `count` lanes; into `result`.
 *
 * Proof. A term is floor(floor(t·y / 2^32) / i) = floor(t·y / (2^32·i)), since nested floors of positive numbers by
 * integers are one floor. Its estimate p is rounded three times and so has a relative error below 2^−51; unless p is
 * closer than that to an integer, its floor is the term; otherwise {@link exactTerm} decides. The largest term for
 * |x| ≤ 12 is 12^12 / 12! < 2^15 and the sum is below e^12 < 2^18, so that all raw values stay below 2^50, within
 * the range of `divFloor`, whose quotient of ONE by the sum is the chain's reciprocal.
 *
 * @param lanes `x` integers in [−12·2^32, 12·2^32], raw bits; `result` then integers in [1, 2^50), raw bits.
 */
export function expLanes(lanes: Lanes, count: number): void {
  const { x, result, term } = lanes;
  for (let l = 0; l < count; l += 1) {
    term[l] = Math.abs(x[l]!);
    result[l] = ONE + term[l]!;
  }
  for (let i = 2; i <= LAST_TERM; i += 1) if (!addTerm(lanes, { i, count })) break;
  for (let l = 0; l < count; l += 1) {
    if (x[l]! < 0) result[l] = divFloor(ONE, result[l]!);
    else if (x[l] === ONE) result[l] = E;
  }
}

/** Adds term i to every lane; whether any was positive. */
function addTerm({ x, result, term }: Lanes, { i, count }: { i: number; count: number }): boolean {
  const factor = PER_ONE / i;
  let all = 0;
  for (let l = 0; l < count; l += 1) {
    const y = Math.abs(x[l]!);
    const estimate = term[l]! * (y * factor);
    const floor = Math.floor(estimate);
    const fraction = estimate - floor;
    const error = estimate * RELATIVE_ERROR;
    const next = fraction >= error && fraction <= 1 - error ? floor : exactTerm(term[l]!, { y, i });
    term[l] = next;
    result[l]! += next;
    all += next;
  }
  return all > 0;
}

/**
 * floor(t·y / (2^32·i)) from the halves of both factors.
 *
 * Proof. With t = t1·2^32 + t0 and y = y1·2^32 + y0, floor(t·y / 2^32) = t1·y + t0·y1 + floor(t0·y0 / 2^32). All
 * parts are integers below their sum m, which is i times the term and below 2^50 for |x| ≤ 12. Rounding m / i cannot
 * reach the next integer, at least 1 / i away: half the spacing of doubles there is at most m / i · 2^−53.
 */
function exactTerm(t: number, { y, i }: { y: number; i: number }): number {
  const t1 = Math.floor(t * PER_ONE);
  const y1 = Math.floor(y * PER_ONE);
  const t0 = t - t1 * ONE;
  const y0 = y - y1 * ONE;
  return Math.floor((t1 * y + t0 * y1 + mulFloor(t0, y0)) / i);
}
