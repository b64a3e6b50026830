/* oxlint-disable typescript/no-non-null-assertion -- numeric loops: every index is below the length it walks */
import type { EpochInput } from "../types.ts";
import { stakeShare, UNDECIDED } from "./stake-share.ts";
import { normaliseEach } from "./vectors.ts";

/** 2^53: amounts that sum to less are exact as doubles, and so is their sum. */
const EXACT_LIMIT = 9_007_199_254_740_992;
/** 2^62: amounts whose rounded sum is below this sum to less than 2^63 for certain. */
const SURE_TOTAL = 4_611_686_018_427_387_904;
const FRACTION_BITS = 32n;

type StakeInput = Pick<EpochInput, "stake" | "stakeThreshold" | "ownerUid">;

/**
 * S of `stakeShares` into `shares`.
 *
 * @param vectors `amounts` is scratch, one number per uid.
 * @returns false if a stake is negative or all of it might exceed what the chain can hold.
 */
export function shareStake(
  input: StakeInput,
  { shares, amounts }: { shares: Float64Array; amounts: Float64Array },
): boolean {
  const rounded = roundAmounts(input.stake, amounts);
  if (!(rounded < SURE_TOTAL)) return false;
  const total = rounded < EXACT_LIMIT ? countExact(input, amounts) : countLarge(input, amounts);
  const whole = Number(total);
  for (let uid = 0; uid < shares.length; uid += 1) {
    const share = stakeShare(amounts[uid]!, whole);
    shares[uid] = share === UNDECIDED ? Number((input.stake[uid]! << FRACTION_BITS) / total) : share;
  }
  return true;
}

/** A of `activeStake` into `shares`, from S and who is active and permitted. */
export function shareActiveStake(
  stake: Float64Array,
  holders: { active: readonly boolean[]; permits: readonly boolean[]; shares: Float64Array },
): void {
  const { active, permits, shares } = holders;
  for (let uid = 0; uid < stake.length; uid += 1) {
    const isActive = active.length === 0 || active[uid] === true;
    shares[uid] = isActive && permits[uid] === true ? stake[uid]! : 0;
  }
  normaliseEach(shares);
}

/** Each amount as the nearest double, and their rounded sum; NaN if one is negative. */
function roundAmounts(stake: readonly bigint[], amounts: Float64Array): number {
  let sum = 0;
  for (let uid = 0; uid < stake.length; uid += 1) {
    const amount = Number(stake[uid]!);
    if (amount < 0) return Number.NaN;
    amounts[uid] = amount;
    sum += amount;
  }
  return sum;
}

/** Σ of the amounts that count, the others set to 0. A threshold that is rounded lies above all of them. */
function countExact({ stakeThreshold, ownerUid }: StakeInput, amounts: Float64Array): bigint {
  const threshold = Number(stakeThreshold);
  let total = 0;
  for (let uid = 0; uid < amounts.length; uid += 1) {
    if (amounts[uid]! < threshold && uid !== ownerUid) amounts[uid] = 0;
    total += amounts[uid]!;
  }
  return BigInt(total);
}

function countLarge({ stake, stakeThreshold, ownerUid }: StakeInput, amounts: Float64Array): bigint {
  let total = 0n;
  for (let uid = 0; uid < amounts.length; uid += 1) {
    if (stake[uid]! < stakeThreshold && uid !== ownerUid) amounts[uid] = 0;
    else total += stake[uid]!;
  }
  return total;
}
