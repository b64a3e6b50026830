import { DevnetError } from "../errors.ts";

/** Codes of the node's transaction pool. */
export const POOL_CODE = {
  verification: 1002,
  invalid: 1010,
  unknown: 1011,
  alreadyImported: 1013,
  priorityTooLow: 1014,
} as const;

const MESSAGE: Readonly<Record<number, string>> = {
  1002: "Verification Error",
  1010: "Invalid Transaction",
  1011: "Unknown Transaction Validity",
  1013: "Transaction is already imported",
  1014: "Priority is too low",
};

/** A refusal by the transaction pool, worded as the node words it. */
export function poolRefusal(rpcCode: number, data: string): DevnetError {
  return new DevnetError({ code: "DEVNET_RPC", rpcCode, data }, MESSAGE[rpcCode]);
}
