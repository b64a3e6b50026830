/** Everything `@assay/timelock` refuses, by code. */
export type TimelockErrorFacts =
  /** A number outside of what the function takes; NaN and the infinities always are. */
  | { code: "TIMELOCK_OUT_OF_RANGE"; name: string; value: string; range: string }
  /** Bytes of another length than the only one that is right. */
  | { code: "TIMELOCK_WRONG_LENGTH"; name: string; expected: number; actual: number }
  /** As many uids as values are needed: the chain would drop such weights when they are revealed. */
  | { code: "TIMELOCK_UNEQUAL_LENGTHS"; uids: number; values: number }
  /** A commit longer than the chain takes. */
  | { code: "TIMELOCK_COMMIT_TOO_LONG"; bytes: number; limit: number }
  /** Bytes the chain could not read as a timelock ciphertext, or would only read by accident. */
  | { code: "TIMELOCK_CIPHERTEXT_MALFORMED"; field: string; reason: string }
  /** A ciphertext in the format of other software, which the chain cannot read. */
  | { code: "TIMELOCK_CIPHERTEXT_FOREIGN"; format: string }
  /** The pulse does not open this ciphertext: it is of another round or beacon, or a byte has changed. */
  | { code: "TIMELOCK_DECRYPTION_FAILED"; layer: "key" | "body"; round: number }
  /** Decrypted bytes that are neither the current nor the older form of weights. */
  | { code: "TIMELOCK_PAYLOAD_MALFORMED"; reason: string }
  /** Not the beacon's signature of the round. */
  | { code: "TIMELOCK_PULSE_INVALID"; round: number; reason: string }
  /** A beacon that contradicts itself or uses another scheme. */
  | { code: "TIMELOCK_BEACON_INVALID"; field: string; reason: string }
  /** The chain names another beacon than the one pinned for its genesis. */
  | { code: "TIMELOCK_BEACON_DIFFERS"; genesis: string; field: string; pinned: string; onChain: string }
  /** Neither is a beacon pinned for this genesis nor did the chain name one. */
  | { code: "TIMELOCK_BEACON_UNKNOWN"; genesis: string };

/** A refusal of this package; `code` and `facts` have the shape of every other package's errors. */
export class TimelockError extends Error {
  readonly code: TimelockErrorFacts["code"];
  readonly facts: Omit<TimelockErrorFacts, "code">;

  constructor(facts: TimelockErrorFacts, message: string, options?: ErrorOptions) {
    const { code, ...rest } = facts;
    super(message, options);
    this.name = new.target.name;
    this.code = code;
    this.facts = rest;
  }
}
