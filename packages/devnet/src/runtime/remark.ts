import { blake2Hex } from "../scale/hash.ts";
import { type Context, deposit, type Origin, signer } from "./context.ts";
import { system } from "./runtime.ts";

type Remark = { readonly remark: Uint8Array };

/** `System.remark`: does nothing, at the price of an extrinsic. */
export function remark(_context: Context, origin: Origin): void {
  if (origin.kind === "none") signer(origin);
}

export function remarkWithEvent(context: Context, origin: Origin, args: Remark): void {
  const sender = signer(origin);
  deposit(context, system, ["Remarked", { sender, hash: blake2Hex(args.remark) }]);
}
