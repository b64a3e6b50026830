import { nonceOf } from "../balances/accounts.ts";
import { DevnetError } from "../errors.ts";
import type { BlockBuilder } from "../runtime/build-block.ts";
import type { Pool } from "./pool.ts";
import { checkState, type ValidExtrinsic, type ValidityView } from "./validate.ts";

/** An extrinsic that went into the block under construction. */
export type Taken = { readonly valid: ValidExtrinsic; readonly index: number; readonly success: boolean };

/** Fills a block from the pool: oldest first, each account in order of its nonces, the invalid dropped. */
export function takeDue(pool: Pool, builder: BlockBuilder, view: ValidityView): Taken[] {
  const taken: Taken[] = [];
  let rest = pool.list();
  for (let found = true; found; ) {
    found = false;
    const later: ValidExtrinsic[] = [];
    for (const valid of rest) {
      const turn = turnOf(valid, view);
      if (turn === "later") later.push(valid);
      if (turn === "never") pool.reject(valid.extrinsic.hash);
      if (turn !== "now") continue;
      taken.push({ valid, ...builder.include(valid) });
      found = true;
    }
    rest = later;
  }
  return taken;
}

function turnOf(valid: ValidExtrinsic, view: ValidityView): "now" | "later" | "never" {
  try {
    checkState(valid, view);
    return valid.nonce === nonceOf(view.state, valid.who) ? "now" : "later";
  } catch (error) {
    if (error instanceof DevnetError && error.code === "DEVNET_RPC") return "never";
    throw error;
  }
}
