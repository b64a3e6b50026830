import { ChainError } from "../errors.ts";
import type { Head } from "../head.ts";

/** The error for a subnet or mechanism that a block does not have. */
export function subnetUnknown(wanted: { netuid: number; mechid: number; at: Head }): ChainError {
  const { netuid, mechid, at } = wanted;
  const what = mechid === 0 ? `subnet ${netuid}` : `mechanism ${mechid} of subnet ${netuid}`;
  return new ChainError(
    { code: "CHAIN_SUBNET_UNKNOWN", netuid, mechid, block: at.block },
    `There is no ${what} at block ${at.block}`,
  );
}
