import type { ValueOf } from "../metadata/declare.ts";
import type { Outer } from "../metadata/outer-enum.ts";
import { ensure } from "../runtime/context.ts";
import { subtensor } from "../runtime/runtime.ts";
import { read } from "../state/access.ts";
import type { StateReader } from "../state/overlay.ts";
import { hasWeightsStake, isWithinRate } from "./neurons.ts";

const { storage } = subtensor;

/** Who is about to make which call, in which block. */
export type GuardInput = { readonly who: string; readonly call: Outer; readonly block: number };

/**
 * What the runtime checks before a signed call is even dispatched: in the pool, where a refusal is a bare
 * number, and again for a call inside another.
 */
export function checkGuards(state: StateReader, input: GuardInput): void {
  const target = weightsTarget(input.call);
  if (target === undefined) return;
  const { netuid, mecid } = target;
  ensure(hasWeightsStake(state, input.who, netuid), subtensor, "NotEnoughStakeToSetWeights");
  if (read(state, storage.CommitRevealWeightsEnabled, netuid)) return;
  const uid = read(state, storage.Uids, netuid, input.who);
  if (uid === undefined) return;
  const isInTime = isWithinRate(state, { netuid, mecid, uid, block: input.block });
  ensure(isInTime, subtensor, "SettingWeightsTooFast");
}

/** Refusals that have a number of their own in the pool; everything else is 255. */
const POOL_NUMBERS: Readonly<Record<string, number>> = {
  NotEnoughStakeToSetWeights: 1,
  AmountTooLow: 1,
  NotEnoughBalanceToStake: 2,
  SubnetNotExists: 3,
  HotKeyAccountNotExists: 4,
  SettingWeightsTooFast: 6,
  HotKeyNotRegisteredInSubNet: 19,
  NonAssociatedColdKey: 25,
};
const BAD_REQUEST = 255;

/** The N of "Custom error: N" for a refused guard. */
export function poolNumber(error: string): number {
  return POOL_NUMBERS[error] ?? BAD_REQUEST;
}

function weightsTarget(call: Outer): { netuid: number; mecid: number } | undefined {
  if (call.pallet !== subtensor.name) return undefined;
  if (call.name === "set_weights") return { netuid: argsOf<"set_weights">(call).netuid, mecid: 0 };
  return call.name === "set_mechanism_weights" ? argsOf<"set_mechanism_weights">(call) : undefined;
}

/** A decoded call carries the arguments that its declaration says; its name was compared just before. */
function argsOf<N extends keyof typeof subtensor.calls>(call: Outer): ValueOf<(typeof subtensor.calls)[N]> {
  return call.value as ValueOf<(typeof subtensor.calls)[N]>;
}
