import { CodedError } from "@assay/core";

/** Everything `@assay/chain` refuses or fails with, by code. */
export type ChainErrorFacts =
  // Connection
  | { code: "CHAIN_UNREACHABLE"; endpoint: string; reason: string }
  | { code: "CHAIN_TIMEOUT"; what: string; deadlineMs: number }
  | { code: "CHAIN_DISCONNECTED"; endpoint: string; what: string }
  | { code: "CHAIN_CLOSED"; endpoint: string }
  | { code: "CHAIN_WRONG_GENESIS"; endpoint: string; expected: string; actual: string }
  | { code: "CHAIN_RPC_REFUSED"; method: string; rpcCode: number; reason: string }
  // Reading
  | { code: "CHAIN_BLOCK_UNKNOWN"; block: string }
  | { code: "CHAIN_RUNTIME_UNSUPPORTED"; specVersion: number; missing: string }
  | { code: "CHAIN_UNEXPECTED_VALUE"; item: string; expected: string; found: string }
  | { code: "CHAIN_SUBNET_UNKNOWN"; netuid: number; mechid: number; block: number }
  | { code: "CHAIN_SCHEDULE_DISAGREES"; netuid: number; block: number; runtime: string; computed: string }
  // Writing
  | { code: "CHAIN_REQUEST_INVALID"; field: string; problem: string }
  | { code: "CHAIN_SIGNATURE_INVALID"; address: string }
  | { code: "CHAIN_SENDER_BUSY"; hotkey: string; hash: string }
  // Keys
  | { code: "CHAIN_KEY_INVALID"; problem: string }
  | { code: "CHAIN_KEY_FILE_UNREADABLE"; path: string; reason: string }
  | { code: "CHAIN_KEY_FILE_EXPOSED"; path: string; mode: string }
  | { code: "CHAIN_KEY_FILE_ENCRYPTED"; path: string; format: string }
  | { code: "CHAIN_KEY_FILE_INVALID"; path: string; problem: string };

/** Whether the same call may succeed later without anybody changing anything. */
export const RETRYABLE: Readonly<Record<ChainErrorFacts["code"], boolean>> = {
  CHAIN_UNREACHABLE: true,
  CHAIN_TIMEOUT: true,
  CHAIN_DISCONNECTED: true,
  CHAIN_CLOSED: false,
  CHAIN_WRONG_GENESIS: false,
  CHAIN_RPC_REFUSED: false,
  CHAIN_BLOCK_UNKNOWN: false,
  CHAIN_RUNTIME_UNSUPPORTED: false,
  CHAIN_UNEXPECTED_VALUE: false,
  CHAIN_SUBNET_UNKNOWN: false,
  CHAIN_SCHEDULE_DISAGREES: false,
  CHAIN_REQUEST_INVALID: false,
  CHAIN_SIGNATURE_INVALID: false,
  CHAIN_SENDER_BUSY: true,
  CHAIN_KEY_INVALID: false,
  CHAIN_KEY_FILE_UNREADABLE: false,
  CHAIN_KEY_FILE_EXPOSED: false,
  CHAIN_KEY_FILE_ENCRYPTED: false,
  CHAIN_KEY_FILE_INVALID: false,
};

/** A failure of the chain package; `retryable` says whether time alone may cure it. */
export class ChainError extends CodedError<ChainErrorFacts> {
  get retryable(): boolean {
    return RETRYABLE[this.code];
  }
}

/** The facts of an error of this code, undefined for any other error. */
export function factsOf<Code extends ChainErrorFacts["code"]>(
  error: unknown,
  code: Code,
): Extract<ChainErrorFacts, { code: Code }> | undefined {
  return error instanceof ChainError && error.code === code ? factsWithCode(error) : undefined;
}

/** An error keeps exactly the facts it was made with, its code apart; the caller has compared the code. */
function factsWithCode<Facts extends ChainErrorFacts>(error: ChainError): Facts {
  return { code: error.code, ...error.facts } as Facts;
}
