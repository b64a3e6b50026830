import { exp } from "../exp.ts";
import { ONE as FIXED_ONE, sdiv } from "../fixed.ts";
import { divFloor } from "./divide.ts";

const ONE = 4_294_967_296;
const LAST_TERM = 31;
/** The exponent beyond which the chain clamps: 20. */
const SATURATION = 20 * ONE;
/** 2^−21: wider than the error of an estimated quotient, see the proof. */
const NEAR = 4.76837158203125e-7;

/**
 * ONE / (ONE + e^x), truncated, for exponents whose series outgrows exact doubles.
 *
 * Proof. Let y = min(|x|, 20) ≥ 12, s the chain's series and r the real sum of the same 32 terms, at least
 * 0.99·e^y·2^32. A floor at term k costs less than 1 bit, which grows along the later terms to at most
 * k! / y^k · e^y bits before k = 12 and, as the terms shrink, to 20 bits from there on: in all less than 0.025·e^y
 * bits. So s = r·(1 − ε) with 0 ≤ ε < 2^−37, and the double sum is closer to r than 2^−46. Both quotients by s
 * below are less than e^−12·2^32 < 2^15, so their estimates err by less than 2^−21: at least that far away from
 * both neighbouring integers the floor is the result, otherwise BigInt computes it. For negative x the quotient is
 * e^x, and `divFloor` divides by ONE more.
 *
 * @param x integer with |x| ≥ 12·2^32, raw bits.
 * @returns integer in [0, 2^32], raw bits.
 */
export function wideLogistic(x: number): number {
  const sum = series(Math.min(Math.abs(x), SATURATION) / ONE);
  const estimate = ONE / (x > 0 ? 1 + sum : sum);
  const floor = Math.floor(estimate);
  const fraction = estimate - floor;
  if (fraction < NEAR || fraction > 1 - NEAR) return exactLogistic(x);
  return x > 0 ? floor : divFloor(ONE, ONE + floor);
}

/** 1 + y + y²/2! + … up to the chain's last term, as a real number. */
function series(y: number): number {
  let sum = 1 + y;
  let term = y;
  for (let i = 2; i <= LAST_TERM; i += 1) {
    term *= y / i;
    sum += term;
  }
  return sum;
}

function exactLogistic(x: number): number {
  return Number(sdiv(FIXED_ONE, FIXED_ONE + exp(BigInt(x))));
}
