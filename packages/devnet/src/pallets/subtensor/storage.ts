import { blake2, identity, map, optionalMap, twox64, value } from "../../metadata/declare.ts";
import { names, tuple, vec } from "../../scale/composites.ts";
import { bool, bytes, i16, u8, u16, u32, u64, u128 } from "../../scale/primitives.ts";
import { accountId, i96f32, u64f64 } from "../../scale/substrate.ts";
import { axonInfo, chainIdentity, neuronCertificate, subnetIdentity } from "./types.ts";

const NOBODY = `0x${"00".repeat(32)}`;
const perSubnet = [identity(u16)] as const;
const perNeuron = [identity(u16), identity(u16)] as const;
const perHotkey = [blake2(accountId)] as const;
const subnetHotkey = [identity(u16), blake2(accountId)] as const;
const hotkeySubnet = [blake2(accountId), identity(u16)] as const;
const sparseRow = vec(tuple(u16, u16));

/** Network-wide numbers. */
export const globals = {
  AdminFreezeWindow: value(u16, 10),
  TaoWeight: value(u64, 971_718_665_099_567_868n),
  BlockEmission: value(u64, 1_000_000_000n),
  TotalIssuance: value(u64, 0n),
  TotalStake: value(u64, 0n),
  TotalNetworks: value(u16, 0),
  SubnetOwnerCut: value(u16, 11_796),
  StakeThreshold: value(u64, 0n),
  CommitRevealWeightsVersion: value(u16, 4),
  MaxMechanismCount: value(u8, 2),
  MaxEpochsPerBlock: value(u8, 2),
  StartCallDelay: value(u64, 0n),
  NetworkMinLockCost: value(u64, 1_000_000_000_000n),
};

/** Who owns what, and stake. */
export const accounts = {
  Owner: map(perHotkey, accountId, NOBODY),
  OwnedHotkeys: map(perHotkey, vec(accountId), []),
  TotalHotkeyAlpha: map(hotkeySubnet, u64, 0n),
  AlphaDividendsPerSubnet: map(subnetHotkey, u64, 0n),
  IdentitiesV2: optionalMap(perHotkey, chainIdentity),
  Axons: optionalMap(subnetHotkey, axonInfo),
  NeuronCertificates: optionalMap(subnetHotkey, neuronCertificate),
  TransactionKeyLastBlock: map([blake2(accountId), identity(u16), identity(u16)], u64, 0n),
};

/** One subnet's existence, pools and pending money. */
export const subnets = {
  NetworksAdded: map(perSubnet, bool, false),
  NetworkRegisteredAt: map(perSubnet, u64, 0n),
  NetworkRegistrationAllowed: map(perSubnet, bool, true),
  NetworkPowRegistrationAllowed: map(perSubnet, bool, true),
  SubtokenEnabled: map(perSubnet, bool, false),
  SubnetOwner: map(perSubnet, accountId, NOBODY),
  SubnetOwnerHotkey: map(perSubnet, accountId, NOBODY),
  SubnetIdentitiesV3: optionalMap([blake2(u16)], subnetIdentity),
  TokenSymbol: map(perSubnet, bytes, new Uint8Array([0xf0, 0x9d, 0x9c, 0x8f])),
  SubnetMovingPrice: map(perSubnet, i96f32, { bits: 0n }),
  SubnetVolume: map(perSubnet, u128, 0n),
  SubnetTAO: map(perSubnet, u64, 0n),
  SubnetAlphaIn: map(perSubnet, u64, 0n),
  SubnetAlphaOut: map(perSubnet, u64, 0n),
  SubnetAlphaInEmission: map(perSubnet, u64, 0n),
  SubnetAlphaOutEmission: map(perSubnet, u64, 0n),
  SubnetTaoInEmission: map(perSubnet, u64, 0n),
  SubnetEmissionEnabled: map(perSubnet, bool, true),
  FirstEmissionBlockNumber: optionalMap(perSubnet, u64),
  PendingServerEmission: map(perSubnet, u64, 0n),
  PendingValidatorEmission: map(perSubnet, u64, 0n),
  PendingRootAlphaDivs: map(perSubnet, u64, 0n),
  PendingOwnerCut: map(perSubnet, u64, 0n),
  RecycleOrBurn: map(
    perSubnet,
    names("pallet_subtensor::pallet::RecycleOrBurnEnum", { Burn: 0, Recycle: 1 }),
    "Burn",
  ),
};

/** When epochs run. */
export const schedule = {
  Tempo: map(perSubnet, u16, 360),
  LastEpochBlock: map(perSubnet, u64, 0n),
  PendingEpochAt: map(perSubnet, u64, 0n),
  SubnetEpochIndex: map(perSubnet, u64, 0n),
  BlocksSinceLastStep: map(perSubnet, u64, 0n),
  LastMechansimStepBlock: map(perSubnet, u64, 0n),
};

/** What the owner or sudo may choose. */
export const hyperparameters = {
  Rho: map(perSubnet, u16, 10),
  Kappa: map(perSubnet, u16, 32_767),
  ImmunityPeriod: map(perSubnet, u16, 4_096),
  ActivityCutoff: map(perSubnet, u16, 5_000),
  ActivityCutoffFactorMilli: map(perSubnet, u32, 13_889),
  MaxAllowedUids: map(perSubnet, u16, 256),
  MaxAllowedValidators: map(perSubnet, u16, 128),
  MinNonImmuneUids: map(perSubnet, u16, 10),
  MinAllowedWeights: map(perSubnet, u16, 1_024),
  MaxWeightsLimit: map(perSubnet, u16, 65_535),
  WeightsVersionKey: map(perSubnet, u64, 0n),
  WeightsSetRateLimit: map(perSubnet, u64, 100n),
  CommitRevealWeightsEnabled: map(perSubnet, bool, true),
  RevealPeriodEpochs: map([twox64(u16)], u64, 1n),
  BondsMovingAverage: map(perSubnet, u64, 900_000n),
  BondsPenalty: map(perSubnet, u16, 65_535),
  BondsResetOn: map(perSubnet, bool, false),
  LiquidAlphaOn: map([blake2(u16)], bool, false),
  Yuma3On: map([blake2(u16)], bool, false),
  AlphaValues: map(perSubnet, tuple(u16, u16), [45_875, 58_982]),
  AlphaSigmoidSteepness: map(perSubnet, i16, 1_000),
  ServingRateLimit: map(perSubnet, u64, 50n),
  TransferToggle: map(perSubnet, bool, true),
  OwnerCutEnabled: map(perSubnet, bool, true),
  OwnerCutAutoLockEnabled: map(perSubnet, bool, false),
  MinChildkeyTakePerSubnet: map(perSubnet, u16, 0),
};

/** Registration. */
export const registration = {
  Burn: map(perSubnet, u64, 100_000_000n),
  MinBurn: map(perSubnet, u64, 500_000n),
  MaxBurn: map(perSubnet, u64, 100_000_000_000n),
  BurnHalfLife: map(perSubnet, u16, 360),
  BurnIncreaseMult: map(perSubnet, u64f64, { bits: 23_242_897_532_874_035_200n }),
  Difficulty: map(perSubnet, u64, 10_000_000n),
  MinDifficulty: map(perSubnet, u64, 10_000_000n),
  MaxDifficulty: map(perSubnet, u64, 4_611_686_018_427_387_903n),
  AdjustmentAlpha: map(perSubnet, u64, 0n),
  AdjustmentInterval: map(perSubnet, u16, 100),
  TargetRegistrationsPerInterval: map(perSubnet, u16, 2),
  MaxRegistrationsPerBlock: map(perSubnet, u16, 1),
  RegistrationsThisBlock: map(perSubnet, u16, 0),
};

/** Neurons: identity per uid, and what the last epoch said about them. */
export const neurons = {
  SubnetworkN: map(perSubnet, u16, 0),
  Uids: optionalMap(subnetHotkey, u16),
  Keys: map(perNeuron, accountId, NOBODY),
  IsNetworkMember: map(hotkeySubnet, bool, false),
  BlockAtRegistration: map(perNeuron, u64, 0n),
  LastUpdate: map(perSubnet, vec(u64), []),
  Active: map(perSubnet, vec(bool), []),
  ValidatorPermit: map(perSubnet, vec(bool), []),
  StakeWeight: map(perSubnet, vec(u16), []),
  Consensus: map(perSubnet, vec(u16), []),
  Incentive: map(perSubnet, vec(u16), []),
  Dividends: map(perSubnet, vec(u16), []),
  ValidatorTrust: map(perSubnet, vec(u16), []),
  Emission: map(perSubnet, vec(u64), []),
  Weights: map(perNeuron, sparseRow, []),
  Bonds: map(perNeuron, sparseRow, []),
  MechanismCountCurrent: map([twox64(u16)], u8, 1),
  MechanismEmissionSplit: optionalMap([twox64(u16)], vec(u16)),
};
