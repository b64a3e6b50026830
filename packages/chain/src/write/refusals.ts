/** What to make of a refusal: whether time alone may cure it, and what to do otherwise. */
export type Refusal = { readonly retryable: boolean; readonly advice: string };

/** Refusals of weight extrinsics by the chain's own names, from preflight, pool and dispatch alike. */
const REFUSALS: ReadonlyMap<string, Refusal> = new Map(
  Object.entries({
    // Names of the pallet's errors.
    CommitRevealEnabled: passing("commit-reveal was switched on meanwhile: sign again"),
    CommitRevealDisabled: passing("commit-reveal was switched off meanwhile: sign again"),
    IncorrectCommitRevealVersion: fixable("update: the chain asks for another version of commits"),
    CommittingWeightsTooFast: passing("wait until the rate limit has passed since the last update"),
    TooManyUnrevealedCommits: passing("wait until the chain has revealed some of them"),
    CommitPayloadTooLarge: fixable("the row has too many entries to be committed"),
    InvalidRevealRound: passing("the round is out already: sign again"),
    RevealTooEarly: passing("wait for the epoch of the reveal"),
    ExpiredWeightCommit: fixable("the epoch of its reveal is over: commit again"),
    NoWeightsCommitFound: fixable("the chain holds no such commit: commit again"),
    InvalidRevealCommitHashNotMatch: fixable("row, version key and salt must be those that were committed"),
    NullConsensus: fixable("weights set here would not be judged by consensus; this validator is of no use"),
    UnknownConsensus: fixable("update: this version of Assay does not know it"),
    NoEpochs: fixable("the subnet's owner must give it a tempo"),
    TooLateInEpoch: passing("wait for the next epoch: a late commit could be read a whole epoch too early"),
    BadOrigin: fixable("the call must be signed by the hotkey itself"),
    CanNotSetRootNetworkWeights: fixable("subnet 0 takes no weights this way"),
    WeightVecNotEqualSize: fixable("uids and weights differ in number"),
    MechanismDoesNotExist: fixable("check netuid and mechid"),
    SubnetNotExists: fixable("check the netuid"),
    UidsLengthExceedUidsInSubNet: fixable("the row has more entries than the subnet has uids"),
    HotKeyNotRegisteredInSubNet: fixable("register the hotkey on the subnet, or check which hotkey is used"),
    NotEnoughStakeToSetWeights: fixable("add stake to the hotkey"),
    IncorrectWeightVersionKey: fixable("update: the subnet asks for a newer version key"),
    SettingWeightsTooFast: passing("wait until the rate limit has passed since the last update"),
    NeuronNoValidatorPermit: fixable("permits are given anew each epoch to the highest stakes: add stake"),
    DuplicateUids: fixable("a uid stands twice in the row"),
    UidVecContainInvalidOne: fixable("resolve the hotkeys to uids again"),
    WeightVecLengthIsLow: fixable("the row has too few entries; zeros count"),
    MaxWeightExceeded: fixable("one entry has too large a share"),
    // Names of the pool's own numbers.
    ColdkeyInSwapSchedule: passing("the coldkey is being swapped; nothing is accepted until that is over"),
    StakeAmountTooLow: fixable("add stake to the hotkey"),
    BalanceTooLow: fixable("add balance"),
    HotkeyAccountDoesntExist: fixable("register the hotkey"),
    RateLimitExceeded: passing("wait until the rate limit has passed since the last update or commit"),
    HotKeyNotRegisteredInNetwork: fixable("register the hotkey on the subnet, or check which hotkey is used"),
    UidNotFound: fixable("register the hotkey on the subnet, or check which hotkey is used"),
    ColdkeySwapDisputed: fixable("the swap of the coldkey is disputed; settle it first"),
    BadRequest: fixable("the node could not make sense of the call"),
    // Names of any Substrate pool.
    Stale: passing("its nonce is already used: sign again"),
    Future: passing("an earlier extrinsic of this hotkey is missing: sign again"),
    AncientBirthBlock: passing("its era is over: sign again"),
    EraExpired: passing("its era ended before any block took it: sign again"),
    BadProof: fixable("the signature does not fit; is the node on the same runtime and chain?"),
    BadSigner: fixable("this account may not sign"),
    Payment: fixable("the hotkey cannot pay the fee; weight calls are free, so something else is wrong"),
    ExhaustsResources: passing("the block is full: try the next one"),
    CallNotAllowed: fixable("the chain does not take this call at present, for example in safe mode"),
    InvalidTransaction: fixable("the node gave no better reason"),
    UnknownValidity: passing("the node could not judge it: try again"),
    TooLowPriority: passing(
      "another extrinsic of this hotkey with the same nonce is waiting: let it be decided",
    ),
    CycleDetected: fixable("it depends on itself"),
    ImmediatelyDropped: passing("the node's pool is full: try again or another node"),
    Unactionable: fixable("the node does not author blocks or take extrinsics"),
    // What only a look at the chain can tell.
    RowDiffers: fixable("another signer may use this hotkey"),
    LastUpdateMissing: fixable("the chain took the call but does not count it; is commit-reveal on?"),
    CommitMissing: fixable("the chain took the call but holds no such commit"),
    HotkeyGone: fixable("the hotkey lost its uid in the same block"),
  }),
);

/** What is known about a refusal by name; an unknown one is for a person to look at. */
export function refusalOf(name: string): Refusal {
  return REFUSALS.get(name) ?? fixable("this version of Assay does not know this refusal");
}

function passing(advice: string): Refusal {
  return { retryable: true, advice };
}

function fixable(advice: string): Refusal {
  return { retryable: false, advice };
}
