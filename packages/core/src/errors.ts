import { CodedError } from "./coded-error.ts";

/** Everything `@assay/core` refuses, by code. */
export type CoreErrorFacts =
  | { code: "CORE_LENGTH_MISMATCH"; name: string; expected: number; actual: number }
  | { code: "CORE_OUT_OF_RANGE"; name: string; value: string; range: string }
  | { code: "CORE_EMPTY"; name: string }
  | { code: "CORE_NOT_CANONICAL"; path: string; found: string }
  | { code: "CORE_INVALID_DOCUMENT"; path: string; reason: string }
  | { code: "CORE_BAD_SIGNATURE"; address: string }
  /** The same hotkey, uid or id stands twice where each may stand once. */
  | { code: "CORE_DUPLICATE"; name: string; value: string }
  /** A hotkey that the list it must come from does not hold. */
  | { code: "CORE_UNKNOWN_HOTKEY"; name: string; hotkey: string }
  /** The vectors given are not those of the instances the rules name. */
  | { code: "CORE_INSTANCE_MISMATCH"; missing: readonly string[]; unknown: readonly string[] }
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
  | { code: "CORE_SNAPSHOT_HASH"; stated: string; computed: string };

export class CoreError extends CodedError<CoreErrorFacts> {}
