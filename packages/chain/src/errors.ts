import { CodedError } from "@assay/core";
import type { RuntimeChange } from "./types.ts";

/** Everything `@assay/chain` refuses or fails with, by code. */
export type ChainErrorFacts =
  /** No endpoint could be connected to in time. */
  | { code: "CHAIN_UNREACHABLE"; endpoint: string; reason: string }
  /** A connected node did not answer in time. */
  | { code: "CHAIN_TIMEOUT"; what: string; deadlineMs: number }
  /** The connection was lost while an answer was awaited. */
  | { code: "CHAIN_DISCONNECTED"; endpoint: string; what: string }
  /** The chain was closed by this process. */
  | { code: "CHAIN_CLOSED"; endpoint: string }
  /** The endpoint serves another chain than the pinned or first one. */
  | { code: "CHAIN_WRONG_GENESIS"; endpoint: string; expected: string; actual: string }
  /** The endpoint is far behind what others had finalised. */
  | { code: "CHAIN_ENDPOINT_LAGGING"; endpoint: string; block: number; newest: number }
  /** The node answered a request with an error. */
  | { code: "CHAIN_RPC_REFUSED"; method: string; rpcCode: number; reason: string }
  /** The node does not have the block, or no longer its state. */
  | { code: "CHAIN_BLOCK_UNKNOWN"; block: string }
  /** The runtime lacks something this version needs. */
  | { code: "CHAIN_RUNTIME_UNSUPPORTED"; specVersion: number; missing: string }
  /** The runtime declares something in use otherwise than this version knows it. */
  | { code: "CHAIN_RUNTIME_CHANGED"; specVersion: number; changes: readonly RuntimeChange[] }
  /** A decoded value has not the shape this version knows. */
  | { code: "CHAIN_UNEXPECTED_VALUE"; item: string; expected: string; found: string }
  /** There is no such subnet or mechanism at the block. */
  | { code: "CHAIN_SUBNET_UNKNOWN"; netuid: number; mechid: number; block: number }
  /** The runtime's next epoch is not the one its own state gives. */
  | { code: "CHAIN_SCHEDULE_DISAGREES"; netuid: number; block: number; runtime: string; computed: string }
  /** An argument cannot be meant. */
  | { code: "CHAIN_REQUEST_INVALID"; field: string; problem: string }
  /** Weights have no way to the chain in its present state. */
  | { code: "CHAIN_WEIGHTS_REFUSED"; netuid: number; error: string; waitBlocks: number | null }
  /** The signer's signature does not verify. */
  | { code: "CHAIN_SIGNATURE_INVALID"; address: string }
  /** Another extrinsic of the hotkey is undecided. */
  | { code: "CHAIN_SENDER_BUSY"; hotkey: string; hash: string }
  /** A secret URI, seed or mnemonic makes no usable key. */
  | { code: "CHAIN_KEY_INVALID"; problem: string }
  /** A key file cannot be opened. */
  | { code: "CHAIN_KEY_FILE_UNREADABLE"; path: string; reason: string }
  /** A key file may be read by others than its owner. */
  | { code: "CHAIN_KEY_FILE_EXPOSED"; path: string; mode: string }
  /** A key file is encrypted, which is not supported. */
  | { code: "CHAIN_KEY_FILE_ENCRYPTED"; path: string; format: string }
  /** A key file holds no usable key. */
  | { code: "CHAIN_KEY_FILE_INVALID"; path: string; problem: string };

/** Whether the same call may succeed later without anybody changing anything. */
export const RETRYABLE: Readonly<Record<ChainErrorFacts["code"], boolean>> = {
  CHAIN_UNREACHABLE: true,
  CHAIN_TIMEOUT: true,
  CHAIN_DISCONNECTED: true,
  CHAIN_CLOSED: false,
  CHAIN_WRONG_GENESIS: false,
  CHAIN_ENDPOINT_LAGGING: true,
  CHAIN_RPC_REFUSED: false,
  CHAIN_BLOCK_UNKNOWN: false,
  CHAIN_RUNTIME_UNSUPPORTED: false,
  CHAIN_RUNTIME_CHANGED: false,
  CHAIN_UNEXPECTED_VALUE: false,
  CHAIN_SUBNET_UNKNOWN: false,
  CHAIN_SCHEDULE_DISAGREES: false,
  CHAIN_REQUEST_INVALID: false,
  CHAIN_WEIGHTS_REFUSED: false,
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
