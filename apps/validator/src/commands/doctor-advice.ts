const NEW_KEY = "ask for another with `assay keys request`, and start again with it";

/** What helps with the refusals an operator meets most. */
const ADVICE: Readonly<Record<string, string>> = {
  API_INVALID_KEY: `the file of ASSAY_API_KEY_FILE holds no key of this backend: ${NEW_KEY}`,
  API_KEY_EXPIRED: NEW_KEY,
  API_KEY_REVOKED: NEW_KEY,
  API_FORBIDDEN:
    "the key is not a validator's, or of another hotkey: check ASSAY_API_KEY_FILE and the wallet",
  API_PERMIT_NEEDED: "add stake: a key alone gets no snapshot without a validator permit on chain",
  API_PROOF_NEEDED: "the key is bound to another hotkey: check the wallet",
  CLIENT_UNREACHABLE: "check ASSAY_BACKEND_URL; meanwhile the last snapshot goes on until its validUntil",
  CLIENT_TIMEOUT: "check ASSAY_BACKEND_URL; meanwhile the last snapshot goes on until its validUntil",
  VALIDATOR_JOURNAL_DAMAGED: "run `recover` (VALIDATOR_JOURNAL_DAMAGED in the README)",
  VALIDATOR_JOURNAL_FOREIGN: "check the wallet, or give each hotkey and each chain an ASSAY_HOME of its own",
  VALIDATOR_JOURNAL_GONE: "put the file back, or run `recover`",
  VALIDATOR_JOURNAL_MOVED: "run the validator where the journal was imported, or move it back from there",
};

/** What to do about an error with this code. */
export function adviceFor(code: string): string {
  return ADVICE[code] ?? `docs/errors.md says what ${code} means`;
}
