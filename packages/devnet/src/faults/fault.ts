/** Something that goes wrong on request. */
export type Fault =
  /** The last `depth` blocks are replaced by `depth + 1` others; their extrinsics wait again, or are gone with `drop`. */
  | { readonly kind: "reorg"; readonly depth: number; readonly drop?: boolean }
  /** No block is made until `clear`. */
  | { readonly kind: "stall" }
  /** The answers to the next `times` (1) calls of a method (`*` is any) never come; the calls are carried out. */
  | { readonly kind: "drop"; readonly method: string; readonly times?: number }
  /** They come `ms` late. */
  | { readonly kind: "delay"; readonly method: string; readonly ms: number; readonly times?: number }
  /** The pool refuses the next `times` (1) extrinsics with this code and text. */
  | { readonly kind: "pool"; readonly rpcCode: number; readonly data: string; readonly times?: number }
  /** How many blocks behind the head the finalised one is said to be: 1 as ever, 0 finalises what a reorg may replace. */
  | { readonly kind: "finality"; readonly lag: number }
  /** The next block has another runtime: the given metadata or the current, edited, and a version one higher. */
  | ({ readonly kind: "upgrade" } & Upgrade)
  /** No pulse is published until `clear`; then the rounds that something waits for follow. */
  | { readonly kind: "beacon" }
  /** The head's state gets other rules for weights on a subnet, as if its owner had set them. */
  | ({ readonly kind: "rules"; readonly netuid: number } & Rules)
  /** Another hotkey takes over a uid in the head's state, as a registration on a full subnet does; its stake is its own. */
  | { readonly kind: "replace"; readonly netuid: number; readonly uid: number; readonly hotkey: string }
  /** A hotkey's permit in the head's state; the next epoch decides about it anew. */
  | { readonly kind: "permit"; readonly netuid: number; readonly uid: number; readonly isHeld: boolean }
  /** States more than `keep` blocks below the head are gone, as on a node that is no archive; the blocks stay. */
  | { readonly kind: "prune"; readonly keep: number }
  /** Ends stalls, silence, lost and late answers, refusals, strange finality and forgetting. */
  | { readonly kind: "clear" };

/** What an owner may change about weights and their schedule; what is absent stays. */
export type Rules = {
  /** The running epoch begins again with it. */
  readonly tempo?: number;
  /** Block of an epoch that was asked for. */
  readonly epochAt?: number;
  /** Another owner's hotkey. */
  readonly ownerHotkey?: string;
  readonly commitReveal?: boolean;
  readonly revealPeriodEpochs?: number;
  readonly weightsRateLimit?: number;
  readonly weightsVersionKey?: number;
};

/** What a runtime upgrade changes. */
export type Upgrade = {
  readonly specVersion?: number;
  readonly transactionVersion?: number;
  /** A whole metadata, in hex. */
  readonly metadata?: string;
  /** Calls, storage items, events, errors, constants or API methods to take out, such as `SubtensorModule.set_weights`. */
  readonly remove?: readonly string[];
  /** New names for the same, or for a call's argument: `SubtensorModule.set_weights.dests`. */
  readonly rename?: Readonly<Record<string, string>>;
};
