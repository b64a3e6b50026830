/** Refusals that have a number of their own in the pool; everything else is 255. */
const POOL_NUMBERS: Readonly<Record<string, number>> = {
  NotEnoughStakeToSetWeights: 1,
  AmountTooLow: 1,
  NotEnoughBalanceToStake: 2,
  SubnetNotExists: 3,
  HotKeyAccountNotExists: 4,
  SettingWeightsTooFast: 6,
  CommittingWeightsTooFast: 6,
  HotKeyNotRegisteredInNetwork: 10,
  InvalidIpType: 11,
  InvalidIpAddress: 11,
  ServingRateLimitExceeded: 12,
  InvalidPort: 13,
  InvalidRevealRound: 15,
  NoWeightsCommitFound: 16,
  InvalidRevealCommitHashNotMatch: 16,
  RevealTooEarly: 17,
  ExpiredWeightCommit: 17,
  InputLengthsUnequal: 18,
  HotKeyNotRegisteredInSubNet: 19,
  NonAssociatedColdKey: 25,
};
const BAD_REQUEST = 255;

/** The N of "Custom error: N" for a refused guard. */
export function poolNumber(error: string): number {
  return POOL_NUMBERS[error] ?? BAD_REQUEST;
}
