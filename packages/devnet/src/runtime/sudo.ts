import { accountOf } from "../balances/transfer.ts";
import type { Outer } from "../metadata/outer-enum.ts";
import type { multiAddress } from "../scale/substrate.ts";
import type { TypeOf } from "../scale/type.ts";
import { read } from "../state/access.ts";
import { type Context, type DispatchResult, deposit, ensure, type Origin, signer } from "./context.ts";
import { sudo } from "./runtime.ts";

/** `Sudo.sudo`: the inner call as root; it may fail while the outer succeeds. */
export function sudoCall(context: Context, origin: Origin, args: { readonly call: Outer }): void {
  requireSudo(context, origin);
  const result = context.dispatch(context, { kind: "root" }, args.call);
  deposit(context, sudo, ["Sudid", { sudo_result: reported(result) }]);
}

/** `Sudo.sudo_as`: the inner call as another account. */
export function sudoAs(
  context: Context,
  origin: Origin,
  args: { readonly who: TypeOf<typeof multiAddress>; readonly call: Outer },
): void {
  requireSudo(context, origin);
  const result = context.dispatch(context, { kind: "signed", who: accountOf(args.who) }, args.call);
  deposit(context, sudo, ["SudoAsDone", { sudo_result: reported(result) }]);
}

function requireSudo(context: Context, origin: Origin): void {
  const isSudo = signer(origin) === read(context.state, sudo.storage.Key);
  ensure(isSudo, sudo, "RequireSudo");
}

function reported(result: DispatchResult) {
  return result === undefined
    ? ({ tag: "Ok", value: null } as const)
    : ({ tag: "Err", value: result } as const);
}
