import { DevnetError } from "../errors.ts";
import type { Declared, ValueOf } from "../metadata/declare.ts";
import type { Outer } from "../metadata/outer-enum.ts";
import type { PalletDeclaration } from "../metadata/pallet.ts";
import type { dispatchError } from "../scale/substrate.ts";
import type { TypeOf } from "../scale/type.ts";
import { Overlay, type State } from "../state/overlay.ts";

/** What a call or a hook works on: the state, the block being built, and the events so far. */
export type Context = {
  readonly state: State;
  readonly block: number;
  readonly events: Outer[];
  /** Whether the beacon is silent in this block. */
  readonly withholdsPulses?: boolean;
  /** Executes a call inside this one. */
  readonly dispatch: (context: Context, origin: Origin, call: Outer) => DispatchResult;
};

/** Why a call failed, as `ExtrinsicFailed` and Sudo's events carry it. */
export type DispatchFailure = TypeOf<typeof dispatchError>;
/** `undefined` is success. */
export type DispatchResult = DispatchFailure | undefined;

/** Who calls: a signed account (hex), the sudo root, or nobody (inherents). */
export type Origin = { readonly kind: "signed"; readonly who: string } | { readonly kind: "root" | "none" };

/** Runs `work` so that a refusal leaves neither changes nor events behind. */
export function transactional<T>(context: Context, work: (inner: Context) => T): T {
  const state = new Overlay(context.state);
  const inner: Context = { ...context, state, events: [] };
  const result = work(inner);
  for (const [key, value] of state.changes) context.state.set(key, value);
  context.events.push(...inner.events);
  return result;
}

type Events = Readonly<Record<string, Declared<unknown>>>;
type WithEvents<E extends Events> = { readonly name: string; readonly events: E };

/** Records an event of a pallet. */
export function deposit<E extends Events, N extends keyof E & string>(
  context: Context,
  pallet: WithEvents<E>,
  event: readonly [name: N, value: ValueOf<E[N]>],
): void {
  context.events.push({ pallet: pallet.name, name: event[0], value: event[1] });
}

type WithErrors<E> = Pick<PalletDeclaration, "name"> & { readonly errors: E };

/** The refusal of a call by one of its pallet's declared errors. */
export function refusal<E extends object>(pallet: WithErrors<E>, error: keyof E & string): DevnetError {
  return new DevnetError(
    { code: "DEVNET_CALL_REFUSED", pallet: pallet.name, error },
    `${pallet.name}.${error}`,
  );
}

/** Refuses the call unless the condition holds. */
export function ensure<E extends object>(
  condition: boolean,
  pallet: WithErrors<E>,
  error: keyof E & string,
): asserts condition {
  if (!condition) throw refusal(pallet, error);
}

/** The signer, or a refusal with BadOrigin. */
export function signer(origin: Origin): string {
  if (origin.kind !== "signed") throw badOrigin();
  return origin.who;
}

export function badOrigin(): DevnetError {
  return new DevnetError({ code: "DEVNET_BAD_ORIGIN" }, "this origin may not make the call");
}
