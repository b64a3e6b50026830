import { DevnetError } from "../errors.ts";
import { type Context, deposit, type Origin, signer } from "../runtime/context.ts";
import { balances, system } from "../runtime/runtime.ts";
import type { multiAddress } from "../scale/substrate.ts";
import type { TypeOf } from "../scale/type.ts";
import { credit, debit, freeBalance } from "./accounts.ts";

type Address = TypeOf<typeof multiAddress>;

/** The account an address names; indices and foreign key lengths name none here. */
export function accountOf(address: Address): string {
  if (address.tag === "Id" || address.tag === "Address32") return address.value;
  throw new DevnetError({ code: "DEVNET_CANNOT_LOOKUP" }, `no account behind a ${address.tag} address`);
}

/** `transfer_keep_alive`: the sender keeps at least the existential deposit. */
export function transferKeepAlive(
  context: Context,
  origin: Origin,
  args: { readonly dest: Address; readonly value: bigint },
): void {
  const from = signer(origin);
  const to = accountOf(args.dest);
  const { state } = context;
  if (freeBalance(state, from) < args.value) throw tokenError("FundsUnavailable");
  const isNew = freeBalance(state, to) === 0n;
  const minimum = balances.constants.ExistentialDeposit.value;
  if (isNew && args.value < minimum) throw tokenError("BelowMinimum");
  if (from !== to) {
    if (!debit(state, from, args.value)) throw tokenError("NotExpendable");
    credit(state, to, args.value);
  }
  if (isNew) {
    deposit(context, system, ["NewAccount", { account: to }]);
    deposit(context, balances, ["Endowed", { account: to, free_balance: args.value }]);
  }
  deposit(context, balances, ["Transfer", { from, to, amount: args.value }]);
}

type TokenRefusal = "FundsUnavailable" | "BelowMinimum" | "NotExpendable";

function tokenError(token: TokenRefusal): DevnetError {
  return new DevnetError({ code: "DEVNET_TOKEN", token }, `the transfer is refused: ${token}`);
}
