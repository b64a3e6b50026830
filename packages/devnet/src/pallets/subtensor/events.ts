import { named, positional } from "../../metadata/declare.ts";
import { vec } from "../../scale/composites.ts";
import { bool, i16, u8, u16, u32, u64 } from "../../scale/primitives.ts";
import { accountId } from "../../scale/substrate.ts";

export const events = {
  NetworkAdded: positional(0, u16, u16),
  StakeAdded: positional(2, accountId, accountId, u64, u64, u16, u64),
  WeightsSet: positional(5, u16, u16),
  NeuronRegistered: positional(6, u16, u16, accountId),
  MaxAllowedUidsSet: positional(9, u16, u16),
  RhoSet: positional(16, u16, u16),
  AlphaSigmoidSteepnessSet: positional(17, u16, i16),
  KappaSet: positional(18, u16, u16),
  MinAllowedWeightSet: positional(19, u16, u16),
  WeightsSetRateLimitSet: positional(22, u16, u64),
  ImmunityPeriodSet: positional(23, u16, u16),
  BondsMovingAverageSet: positional(24, u16, u64),
  BondsPenaltySet: positional(25, u16, u16),
  MaxAllowedValidatorsSet: positional(27, u16, u16),
  AxonServed: positional(28, u16, accountId),
  WeightsVersionKeySet: positional(32, u16, u64),
  ServingRateLimitSet: positional(35, u16, u64),
  MaxEpochsPerBlockSet: positional(39, u8),
  AdminFreezeWindowSet: positional(43, u16),
  RegistrationAllowed: positional(50, u16, bool),
  TempoSet: positional(52, u16, u16),
  StakeThresholdSet: positional(54, u64),
  SubnetOwnerCutSet: positional(57, u16),
  FirstEmissionBlockNumberSet: positional(95, u16, u64),
  CommitRevealPeriodsSet: positional(100, u16, u64),
  CommitRevealEnabled: positional(101, u16, bool),
  CommitRevealVersionSet: positional(106, u16),
  IncentiveAlphaEmittedToMiners: named(110, { netuid: u16, emissions: vec(u64) }),
  ActivityCutoffFactorMilliSet: named(130, { netuid: u16, factor_milli: u32 }),
  EpochTriggered: named(131, { netuid: u16, by: accountId, fires_at: u64 }),
  EpochDeferred: named(132, { netuid: u16, from_block: u64, to_block: u64 }),
  EpochSkipped: named(133, { netuid: u16, block: u64 }),
};
