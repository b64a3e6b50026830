import { CodedError } from "./coded-error.ts";

/** Everything `@assay/core` refuses, by code. */
export type CoreErrorFacts =
  /** Two lists that must agree have different lengths. */
  | { code: "CORE_LENGTH_MISMATCH"; name: string; expected: number; actual: number }
  /** A number or text outside of what the function takes; NaN and the infinities always are. */
  | { code: "CORE_OUT_OF_RANGE"; name: string; value: string; range: string }
  /** Nothing where at least something is needed; never read as zero. */
  | { code: "CORE_EMPTY"; name: string }
  /** A value JSON cannot carry, or a signed text that is not its canonical spelling. */
  | { code: "CORE_NOT_CANONICAL"; path: string; found: string }
  /** A document that its schema refuses. */
  | { code: "CORE_INVALID_DOCUMENT"; path: string; reason: string }
  /** The signature is not that address's signature of the text. */
  | { code: "CORE_BAD_SIGNATURE"; address: string }
  /** The same hotkey, uid or id stands twice where each may stand once. */
  | { code: "CORE_DUPLICATE"; name: string; value: string }
  /** A hotkey that the list it must come from does not hold. */
  | { code: "CORE_UNKNOWN_HOTKEY"; name: string; hotkey: string }
  /** The vectors given are not those of the instances the rules name. */
  | { code: "CORE_INSTANCE_MISMATCH"; missing: readonly string[]; unknown: readonly string[] }
  /** Two tournaments are in reward at the same time, so that neither winner could take all. */
  | { code: "CORE_PERIODS_OVERLAP"; first: string; second: string }
  /** The certificate is not by the hotkey that owns the subnet on chain. */
  | { code: "CORE_CERTIFICATE_OWNER"; certifiedBy: string; owner: string }
  /** The certificate is for another chain or subnet. */
  | { code: "CORE_CERTIFICATE_SCOPE"; genesis: string; netuid: number }
  /** The snapshot is signed by a key the certificate does not name. */
  | { code: "CORE_CERTIFICATE_KEY"; certified: string; key: string }
  /** The certificate is not, or no longer, in force. */
  | { code: "CORE_CERTIFICATE_PERIOD"; fromBlock: number; untilBlock: number; block: number }
  /** The snapshot is for another chain, subnet or mechanism. */
  | { code: "CORE_SNAPSHOT_SCOPE"; genesis: string; netuid: number; mechid: number }
  /** The version outside the signature is not the one inside. */
  | { code: "CORE_SNAPSHOT_VERSION"; outside: number; signed: number }
  /** The hash in the snapshot is not that of its vectors. */
  | { code: "CORE_SNAPSHOT_HASH"; stated: string; computed: string }
  /** The snapshot is not the one its published inputs give. */
  | { code: "CORE_SNAPSHOT_INPUTS"; field: string; stated: string; computed: string };

export class CoreError extends CodedError<CoreErrorFacts> {}
