/** Spec versions whose metadata or source this version was made from; any other is met with a warning. */
export const KNOWN_SPECS: readonly number[] = [424, 425];

/** What stands in for a shape that does not matter here, or is checked where it is used. */
export const ANY = "*";

const S = "SubtensorModule";

/** Storage that is read, by name: keys and value, `?` in front of a value that may be absent. */
export const STORAGE: Readonly<Record<string, string>> = {
  "System.Account": ANY,
  "System.Events": ANY,
  "Timestamp.Now": "() => u64",
  [`${S}.NetworksAdded`]: "u16 => bool",
  [`${S}.SubnetworkN`]: "u16 => u16",
  [`${S}.MechanismCountCurrent`]: "u16 => u8",
  [`${S}.SubnetOwnerHotkey`]: "u16 => [u8;32]",
  [`${S}.Uids`]: "(u16,[u8;32]) => ?u16",
  [`${S}.ValidatorPermit`]: "u16 => Vec<bool>",
  [`${S}.StakeWeight`]: "u16 => Vec<u16>",
  [`${S}.ValidatorTrust`]: "u16 => Vec<u16>",
  [`${S}.LastUpdate`]: "u16 => Vec<u64>",
  [`${S}.Weights`]: "(u16,u16) => Vec<(u16,u16)>",
  [`${S}.Bonds`]: "(u16,u16) => Vec<(u16,u16)>",
  [`${S}.Tempo`]: "u16 => u16",
  [`${S}.SubnetEpochIndex`]: "u16 => u64",
  [`${S}.LastEpochBlock`]: "u16 => u64",
  [`${S}.PendingEpochAt`]: "u16 => u64",
  [`${S}.BlocksSinceLastStep`]: "u16 => u64",
  [`${S}.LastMechansimStepBlock`]: "u16 => u64",
  [`${S}.CommitRevealWeightsEnabled`]: "u16 => bool",
  [`${S}.CommitRevealWeightsVersion`]: "() => u16",
  [`${S}.RevealPeriodEpochs`]: "u16 => u64",
  [`${S}.WeightsVersionKey`]: "u16 => u64",
  [`${S}.WeightsSetRateLimit`]: "u16 => u64",
  [`${S}.MinAllowedWeights`]: "u16 => u16",
  [`${S}.MaxAllowedValidators`]: "u16 => u16",
  [`${S}.StakeThreshold`]: "() => u64",
  [`${S}.Kappa`]: "u16 => u16",
  [`${S}.BondsMovingAverage`]: "u16 => u64",
  [`${S}.BondsPenalty`]: "u16 => u16",
  [`${S}.LiquidAlphaOn`]: "u16 => bool",
  [`${S}.Yuma3On`]: "u16 => bool",
  [`${S}.ActivityCutoffFactorMilli`]: "u16 => u32",
  [`${S}.Keys`]: "(u16,u16) => [u8;32]",
  [`${S}.Axons`]:
    "(u16,[u8;32]) => ?{block:u64,version:u32,ip:u128,port:u16,ip_type:u8,protocol:u8,placeholder1:u8,placeholder2:u8}",
  "Commitments.CommitmentOf": ANY,
  [`${S}.WeightCommits`]: "(u16,[u8;32]) => ?Vec<([u8;32],u64,u64,u64)>",
  [`${S}.TimelockedWeightCommits`]: "(u16,u64) => Vec<([u8;32],u64,Vec<u8>,u64)>",
  "Drand.BeaconConfig": ANY,
  "Drand.LastStoredRound": "() => u64",
};

const MECHANISM = "netuid:u16,mecid:u8";
const ROW = "dests:Vec<u16>,weights:Vec<u16>,version_key:u64";
const TIMELOCKED = "commit:Vec<u8>,reveal_round:u64,commit_reveal_version:u16";
const REVEALED = "uids:Vec<u16>,values:Vec<u16>,salt:Vec<u16>,version_key:u64";

/** Calls that are encoded, by name: their arguments. */
export const CALLS: Readonly<Record<string, string>> = {
  [`${S}.set_weights`]: `netuid:u16,${ROW}`,
  [`${S}.set_mechanism_weights`]: `${MECHANISM},${ROW}`,
  [`${S}.commit_timelocked_weights`]: `netuid:u16,${TIMELOCKED}`,
  [`${S}.commit_timelocked_mechanism_weights`]: `${MECHANISM},${TIMELOCKED}`,
  [`${S}.commit_weights`]: "netuid:u16,commit_hash:[u8;32]",
  [`${S}.commit_mechanism_weights`]: `${MECHANISM},commit_hash:[u8;32]`,
  [`${S}.reveal_weights`]: `netuid:u16,${REVEALED}`,
  [`${S}.reveal_mechanism_weights`]: `${MECHANISM},${REVEALED}`,
};

/** Errors whose names decide what happens next. */
export const ERRORS: readonly string[] = [
  "CommitRevealEnabled",
  "SettingWeightsTooFast",
  "HotKeyNotRegisteredInSubNet",
  "NotEnoughStakeToSetWeights",
  "IncorrectWeightVersionKey",
  "NeuronNoValidatorPermit",
].map((name) => `${S}.${name}`);

/** Transaction extensions: what each adds to the extrinsic, and what else is signed. */
export const EXTENSIONS: Readonly<Record<string, string>> = {
  CheckNonZeroSender: "{} + ()",
  CheckSpecVersion: "{} + u32",
  CheckTxVersion: "{} + u32",
  CheckGenesis: "{} + [u8;32]",
  CheckMortality: ANY,
  CheckEra: ANY,
  CheckNonce: "Compact<u32> + ()",
  CheckWeight: "{} + ()",
  ChargeTransactionPayment: "Compact<u64> + ()",
  CheckMetadataHash: "0:Disabled|1:Enabled + 0:None|1:Some([u8;32])",
};
