import type { ValueOf } from "../metadata/declare.ts";
import type { Outer } from "../metadata/outer-enum.ts";
import { ensure } from "../runtime/context.ts";
import { drand, subtensor } from "../runtime/runtime.ts";
import { read } from "../state/access.ts";
import type { StateReader } from "../state/overlay.ts";
import { checkRevealable } from "./guard-reveal.ts";
import { hasWeightsStake, isWithinRate } from "./neurons.ts";
import { isEven, revealsOf } from "./reveal-weights.ts";
import { checkAxon } from "./serve-axon.ts";

const { storage } = subtensor;

/** Who is about to make which call, in which block. */
export type GuardInput = { readonly who: string; readonly call: Outer; readonly block: number };
/** The state and the one who calls. */
export type GuardContext = { readonly state: StateReader; readonly who: string; readonly block: number };

type Calls = typeof subtensor.calls;
type Guards = { readonly [N in keyof Calls]?: (context: GuardContext, args: ValueOf<Calls[N]>) => void };

const GUARDS: Guards = {
  serve_axon: (context, args) => checkAxon(context.state, context, args),
  serve_axon_tls: (context, args) => checkAxon(context.state, context, args),
  set_weights: (context, args) => checkSet(context, { ...args, mecid: 0 }),
  set_mechanism_weights: checkSet,
  batch_set_weights: (_, { netuids, weights, version_keys }) => checkEven(netuids, weights, version_keys),
  commit_weights: (context, args) => checkCommit(context, { ...args, mecid: 0 }),
  commit_mechanism_weights: checkCommit,
  batch_commit_weights: (_, { netuids, commit_hashes }) => checkEven(netuids, commit_hashes),
  commit_timelocked_weights: checkTimelocked,
  commit_timelocked_mechanism_weights: checkTimelocked,
  commit_crv3_mechanism_weights: checkTimelocked,
  reveal_weights: (context, args) => {
    checkSender(context, args.netuid);
    checkRevealable(context, { ...args, mecid: 0 });
  },
  reveal_mechanism_weights: (context, args) => {
    checkSender(context, args.netuid);
    checkRevealable(context, args);
  },
  batch_reveal_weights: (context, batch) => {
    checkSender(context, batch.netuid);
    ensure(isEven(batch), subtensor, "InputLengthsUnequal");
    for (const one of revealsOf(batch)) checkRevealable(context, { ...one, netuid: batch.netuid, mecid: 0 });
  },
};

/**
 * What the runtime checks before a signed call is even dispatched: in the pool, where a refusal is a bare
 * number, and again for a call inside another.
 */
export function checkGuards(state: StateReader, { who, call, block }: GuardInput): void {
  if (call.pallet === subtensor.name) guardOf(call.name)?.({ state, who, block }, call.value);
}

/** A decoded call carries the arguments that its declaration, and so its guard, says. */
function guardOf(name: string): ((context: GuardContext, args: unknown) => void) | undefined {
  const table: Readonly<Record<string, ((context: GuardContext, args: never) => void) | undefined>> = GUARDS;
  return table[name] as ((context: GuardContext, args: unknown) => void) | undefined;
}

type Target = { readonly netuid: number; readonly mecid: number };

/** Stake first, then the uid: where stake is asked for, an outsider lacks that already. */
function checkSender({ state, who }: GuardContext, netuid: number): void {
  ensure(hasWeightsStake(state, who, netuid), subtensor, "NotEnoughStakeToSetWeights");
  const isRegistered = read(state, storage.Uids, netuid, who) !== undefined;
  ensure(isRegistered, subtensor, "HotKeyNotRegisteredInSubNet");
}

function checkSet(context: GuardContext, target: Target): void {
  checkSender(context, target.netuid);
  if (read(context.state, storage.CommitRevealWeightsEnabled, target.netuid)) return;
  ensure(isInTime(context, target), subtensor, "SettingWeightsTooFast");
}

function checkCommit(context: GuardContext, target: Target): void {
  checkSender(context, target.netuid);
  ensure(isInTime(context, target), subtensor, "CommittingWeightsTooFast");
}

/** Not too fast is for the call itself to say; a round that is out would hide nothing. */
function checkTimelocked(context: GuardContext, args: { netuid: number; reveal_round: bigint }): void {
  checkSender(context, args.netuid);
  const isAhead = args.reveal_round >= read(context.state, drand.storage.LastStoredRound);
  ensure(isAhead, subtensor, "InvalidRevealRound");
}

/** A hotkey without a uid has no last update that could be too recent. */
function isInTime({ state, who, block }: GuardContext, { netuid, mecid }: Target): boolean {
  const uid = read(state, storage.Uids, netuid, who);
  return uid === undefined || isWithinRate(state, { netuid, mecid, uid, block });
}

function checkEven(first: readonly unknown[], ...others: (readonly unknown[])[]): void {
  const isEvenly = others.every((list) => list.length === first.length);
  ensure(isEvenly, subtensor, "InputLengthsUnequal");
}
