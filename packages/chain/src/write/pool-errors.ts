/** What a pool's answer means: `refused` is certain, `known` and `unsure` ask for a look at the chain. */
export type PoolAnswer =
  | { readonly kind: "refused"; readonly error: string; readonly says: string }
  /** The pool has it already, or had it a moment ago. */
  | { readonly kind: "known"; readonly message: string }
  | { readonly kind: "unsure"; readonly message: string };

/** Names of the bare numbers in "Custom error: N", as the runtime's source has them. */
const CUSTOM: ReadonlyMap<number, string> = new Map([
  [0, "ColdkeyInSwapSchedule"],
  [1, "StakeAmountTooLow"],
  [2, "BalanceTooLow"],
  [3, "SubnetNotExists"],
  [4, "HotkeyAccountDoesntExist"],
  [5, "NotEnoughStakeToWithdraw"],
  [6, "RateLimitExceeded"],
  [7, "InsufficientLiquidity"],
  [8, "SlippageTooHigh"],
  [9, "TransferDisallowed"],
  [10, "HotKeyNotRegisteredInNetwork"],
  [11, "InvalidIpAddress"],
  [12, "ServingRateLimitExceeded"],
  [13, "InvalidPort"],
  [14, "ZeroMaxAmount"],
  [15, "InvalidRevealRound"],
  [16, "CommitNotFound"],
  [17, "CommitBlockNotInRevealRange"],
  [18, "InputLengthsUnequal"],
  [19, "UidNotFound"],
  [20, "EvmKeyAssociateRateLimitExceeded"],
  [21, "ColdkeySwapDisputed"],
  [22, "InvalidRealAccount"],
  [23, "FailedShieldedTxParsing"],
  [24, "InvalidShieldedTxPubKeyHash"],
  [25, "NonAssociatedColdKey"],
  [26, "DelegateTakeTooLow"],
  [27, "DelegateTakeTooHigh"],
  [255, "BadRequest"],
]);

/** What Substrate writes for the other reasons of code 1010. */
const TEXTS: readonly (readonly [RegExp, string])[] = [
  [/outdated/i, "Stale"],
  [/future/i, "Future"],
  [/bad signature/i, "BadProof"],
  [/ancient birth/i, "AncientBirthBlock"],
  [/pay some fees/i, "Payment"],
  [/exhaust/i, "ExhaustsResources"],
  [/call is not expected/i, "CallNotAllowed"],
  [/signing address|bad signer/i, "BadSigner"],
];

/** Pool answers that have one meaning each. */
const CODES: ReadonlyMap<number, string> = new Map([
  [1011, "UnknownValidity"],
  [1014, "TooLowPriority"],
  [1015, "CycleDetected"],
  [1016, "ImmediatelyDropped"],
  [1018, "Unactionable"],
]);

/** 1012: banned for a while, as what was just included is; 1013: already imported. */
const ALREADY_KNOWN = [1012, 1013];
const INVALID = 1010;

/** Reads an error of author_submitAndWatchExtrinsic. */
export function poolAnswer(rpcCode: number, reason: string): PoolAnswer {
  if (ALREADY_KNOWN.includes(rpcCode)) return { kind: "known", message: reason };
  const error = rpcCode === INVALID ? invalidName(reason) : CODES.get(rpcCode);
  if (error === undefined) return { kind: "unsure", message: `${reason} (${rpcCode})` };
  return { kind: "refused", error, says: `The node's pool refused it as ${error} (${reason})` };
}

function invalidName(reason: string): string {
  const custom = /custom error:\s*(\d+)/i.exec(reason)?.[1];
  if (custom !== undefined) return CUSTOM.get(Number(custom)) ?? `CustomError${custom}`;
  return TEXTS.find(([pattern]) => pattern.test(reason))?.[1] ?? "InvalidTransaction";
}
