/** A validator asked for a job, with its stake frozen at the job's block. */
export type RosterValidator = {
  readonly hotkey: string;
  readonly coldkey: string;
  /** S_v in rao, not negative. */
  readonly stakeRao: bigint;
};

/**
 * The validators whose votes on a miner count: those that do not share its coldkey.
 *
 * A person who runs both a validator and a miner does not judge the miner. Quorum and stake shares are then those of
 * the remaining roster, so that its other members can still judge.
 *
 * @param roster validators of the job; the order is kept.
 * @param minerColdkey coldkey of the miner that is judged.
 */
export function impartialRoster<Validator extends { readonly coldkey: string }>(
  roster: readonly Validator[],
  minerColdkey: string,
): Validator[] {
  return roster.filter(({ coldkey }) => coldkey !== minerColdkey);
}
