import { U16_MAX } from "../fixed.ts";
import type { EpochInput } from "../types.ts";

/**
 * Most uids the kernel takes on: a sum of that many u16 stays below 2^31, where the chain's fixed point would
 * saturate. Any real subnet has far fewer.
 */
const MAX_UIDS = 32_768;
const MILLION = 1_000_000;
const U64_MAX = (1n << 64n) - 1n;

/**
 * Whether the numbers and lengths of an input, its stake and rows left aside, are valid and within the range that
 * the kernel is proven for. Everything else is the reference's to compute or to refuse.
 */
export function isInRange(input: EpochInput): boolean {
  return (
    hasLengths(input) &&
    hasU16(input) &&
    isBlock(input.block) &&
    isBlock(input.activityCutoffBlocks) &&
    isBlock(input.lastEpochRunBlock) &&
    isBlock(input.bondsMovingAverage) &&
    input.bondsMovingAverage <= MILLION &&
    isSteepness(input.alphaSigmoidSteepness) &&
    isU64(input.stakeThreshold) &&
    isU64(input.raoEmission) &&
    input.lastUpdate.every(isBlock) &&
    input.blockAtRegistration.every(isBlock)
  );
}

/** Whether a number is a u16. */
export function isU16(x: number): boolean {
  return (x & U16_MAX) === x;
}

function hasLengths(input: EpochInput): boolean {
  const { n, stake, blockAtRegistration, validatorPermit, weights, bonds } = input;
  const perUid: { readonly length: number }[] = [stake, blockAtRegistration, validatorPermit, weights, bonds];
  if (input.commitReveal) perUid.push(input.liveCommitBlock);
  return isU16(n) && n <= MAX_UIDS && perUid.every(({ length }) => length === n);
}

function hasU16(input: EpochInput): boolean {
  const { tempo, maxAllowedValidators, kappa, bondsPenalty, alphaLow, alphaHigh } = input;
  return [tempo, maxAllowedValidators, kappa, bondsPenalty, alphaLow, alphaHigh].every(isU16);
}

function isBlock(x: number): boolean {
  return Number.isSafeInteger(x) && x >= 0;
}

function isSteepness(x: number): boolean {
  return Number.isInteger(x) && x >= -32_768 && x <= 32_767;
}

function isU64(x: bigint): boolean {
  return x >= 0n && x <= U64_MAX;
}
