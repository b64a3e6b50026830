/** Proportions between hotkeys are u64: 2^64 − 1 means all. */
const U64_MAX = (1n << 64n) - 1n;
const FRACTION_BITS = 32n;

/** One hotkey's holding on a subnet with its child-key relations; amounts in rao, proportions u64. */
export type Holding = {
  /** Own stake, nominators included. */
  readonly own: bigint;
  /** Share of the own stake given to each child hotkey. */
  readonly children: readonly bigint[];
  /** Stake of each parent hotkey and the share of it given to this one. */
  readonly parents: readonly { readonly stake: bigint; readonly proportion: bigint }[];
};

/**
 * Stake after child-key inheritance.
 *
 * floor(own − Σ own·p_child + Σ parent·p_parent), each proportion first floored to 32 fractional bits; what
 * goes to children never exceeds the own stake.
 *
 * @returns rao, whole.
 * @see subtensor staking/stake_utils.rs
 */
export function inheritedStake(holding: Holding): bigint {
  const own = holding.own << FRACTION_BITS;
  const given = total(holding.children.map((proportion) => holding.own * share(proportion)));
  const received = total(holding.parents.map(({ stake, proportion }) => stake * share(proportion)));
  const kept = given > own ? 0n : own - given;
  return (kept + received) >> FRACTION_BITS;
}

/**
 * Stake weight of a hotkey on a subnet: floor(alpha + tao · taoWeight / (2^64 − 1)).
 *
 * The chain carries 32 fractional bits of this sum into the epoch; `EpochInput` takes whole units.
 *
 * @param stake alpha of the subnet and root stake, both after {@link inheritedStake}, rao; taoWeight u64.
 * @see subtensor staking/stake_utils.rs
 */
export function stakeWeight(stake: { alpha: bigint; tao: bigint; taoWeight: bigint }): bigint {
  return stake.alpha + ((stake.tao * share(stake.taoWeight)) >> FRACTION_BITS);
}

function share(proportion: bigint): bigint {
  return (proportion << FRACTION_BITS) / U64_MAX;
}

function total(amounts: readonly bigint[]): bigint {
  return amounts.reduce((a, b) => a + b, 0n);
}
