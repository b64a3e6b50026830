import { ChainError, factsOf } from "../errors.ts";
import type { Link } from "./link.ts";

/** How nodes say that they do not have a block or have dropped its state. */
const GONE = /unknown ?block|header (was )?not found|state already discarded|unknown header/i;

/** Asks about a block by its hash, the last parameter; a block or state the node lacks is CHAIN_BLOCK_UNKNOWN. */
export async function askAt(
  link: Link,
  hash: string,
  [method, ...params]: readonly [method: string, ...params: unknown[]],
): Promise<unknown> {
  try {
    return await link.ask(method, ...params, hash);
  } catch (error) {
    throw GONE.test(factsOf(error, "CHAIN_RPC_REFUSED")?.reason ?? "") ? unknownBlock(hash) : error;
  }
}

/** The error for a block the node does not have. */
export function unknownBlock(block: string): ChainError {
  return new ChainError(
    { code: "CHAIN_BLOCK_UNKNOWN", block },
    `The node does not know block ${block}, or no longer keeps its state`,
  );
}
