import { CodedError } from "@assay/core";

/** Everything `@assay/devnet` refuses, by code. */
export type DevnetErrorFacts =
  /** A call was refused by an error of its pallet. */
  | { code: "DEVNET_CALL_REFUSED"; pallet: string; error: string }
  /** A transfer was refused by the rules of the token. */
  | { code: "DEVNET_TOKEN"; token: "FundsUnavailable" | "BelowMinimum" | "NotExpendable" }
  /** An address names no account. */
  | { code: "DEVNET_CANNOT_LOOKUP" }
  /** A call needs another origin. */
  | { code: "DEVNET_BAD_ORIGIN" }
  /** JSON-RPC answers with an error; `rpcCode`, the message and `data` go to the client. */
  | { code: "DEVNET_RPC"; rpcCode: number; data: string | null }
  /** Bytes do not decode, or a value does not fit its SCALE type. */
  | { code: "DEVNET_DECODE"; offset: number; problem: string }
  /** The command line cannot be understood, or names a file that cannot be read. */
  | { code: "DEVNET_USAGE"; problem: string }
  /** The genesis is malformed or contradicts itself; `path` says where. */
  | { code: "DEVNET_GENESIS_INVALID"; path: string; problem: string }
  /** A saved state cannot be read, or its blocks do not follow each other. */
  | { code: "DEVNET_STATE_INVALID"; problem: string }
  /** The state cannot be saved: no file was named for it, or it cannot be written. */
  | { code: "DEVNET_STATE_UNSAVED"; problem: string }
  /** The metadata to serve is none, or not of this chain. */
  | { code: "DEVNET_METADATA_INVALID"; problem: string }
  /** A fault was asked for that cannot happen here. */
  | { code: "DEVNET_FAULT_IMPOSSIBLE"; problem: string }
  /** The genesis is mainnet's: signatures made here would be valid there. */
  | { code: "DEVNET_MAINNET_GENESIS"; genesisHash: string }
  /** Nothing can be served at this address, mostly because something else is. */
  | { code: "DEVNET_PORT_UNAVAILABLE"; host: string; port: number };

export class DevnetError extends CodedError<DevnetErrorFacts> {}

/** The pallet and the error's name if a call was refused by one. */
export function callRefusal(error: unknown): { pallet: string; error: string } | undefined {
  if (!(error instanceof DevnetError) || error.code !== "DEVNET_CALL_REFUSED") return undefined;
  const facts: Readonly<Record<string, unknown>> = error.facts;
  return { pallet: String(facts.pallet), error: String(facts.error) };
}
