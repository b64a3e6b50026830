import type { Fixed } from "./fixed.ts";
import type { EpochInput } from "./types.ts";

const WIDE_BITS = 64n;
const CUT_BITS = 32n;

/**
 * Stake: each uid's share of the stake that counts.
 *
 * Stake below the threshold counts as 0, the owner's always counts. S_i = floor32(trunc64(x_i / Σ x)): the
 * quotient is taken with 64 fractional bits, of which the lower 32 are cut off.
 *
 * @returns S, one per uid, Fixed in [0, ONE]; all zeros if nobody has stake.
 * @see subtensor epoch/run_epoch.rs
 */
export function stakeShares(input: Pick<EpochInput, "stake" | "stakeThreshold" | "ownerUid">): Fixed[] {
  const counted = input.stake.map((stake, uid) =>
    stake < input.stakeThreshold && uid !== input.ownerUid ? 0n : stake,
  );
  const total = counted.reduce((a, b) => a + b, 0n);
  if (total === 0n) return counted;
  return counted.map((stake) => ((stake << WIDE_BITS) / total) >> CUT_BITS);
}
