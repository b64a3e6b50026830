/**
 * Blocks without a weight update after which a validator is inactive: max(1, floor(factor · tempo / 1000)).
 *
 * @param subnet `factorMilli` = ActivityCutoffFactorMilli, thousandths of a tempo (1,000..50,000; default
 *   13,889); `tempo` in blocks.
 * @see subtensor subnets/subnet.rs
 */
export function activityCutoffBlocks(subnet: { factorMilli: number; tempo: number }): number {
  return Math.max(1, Math.floor((subnet.factorMilli * subnet.tempo) / 1000));
}

/**
 * Which entries of `lastUpdate` count as active: lastUpdate + cutoff ≥ block. One boolean per entry of
 * `lastUpdate`, whose length may differ from the number of neurons.
 */
export function activeMask(input: {
  block: number;
  activityCutoffBlocks: number;
  lastUpdate: readonly number[];
}): boolean[] {
  return input.lastUpdate.map((updated) => updated + input.activityCutoffBlocks >= input.block);
}
