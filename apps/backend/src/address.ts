import { ApiError } from "@assay/api";
import { isAddress } from "@assay/chain/wallet";

/** Throws API_INVALID_INPUT for what only looks like an ss58 address; `path` names the field. */
export function assertAddress(address: string, path: string): void {
  if (isAddress(address)) return;
  const message = `${address} is not an ss58 address with prefix 42`;
  throw new ApiError({ code: "API_INVALID_INPUT", issues: [{ path, message }] }, message);
}
