import type { Outer } from "../metadata/outer-enum.ts";
import { checkGuards } from "../subtensor/guards.ts";
import type { Context, DispatchResult, Origin } from "./context.ts";
import { attempt } from "./failure.ts";
import { handlerOf } from "./handlers.ts";

/** Executes a call; a refused one leaves no trace but its error. */
export function dispatch(context: Context, origin: Origin, call: Outer): DispatchResult {
  return attempt(context, (inner) => {
    const { state, block } = inner;
    if (origin.kind === "signed") checkGuards(state, { who: origin.who, call, block });
    handlerOf(call.pallet, call.name)(inner, origin, call.value);
  });
}
