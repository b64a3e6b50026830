import { transferKeepAlive } from "../balances/transfer.ts";
import { setCommitment } from "../commitments/set-commitment.ts";
import { publishPulses } from "../drand/pulses.ts";
import type { Declared, ValueOf } from "../metadata/declare.ts";
import { write } from "../state/access.ts";
import { adminHandlers } from "../subtensor/admin.ts";
import { batchCommitWeights, batchSetWeights } from "../subtensor/batch-weights.ts";
import { CRV3_VERSION, commitTimelocked } from "../subtensor/commit-timelocked.ts";
import { commitWeights } from "../subtensor/commit-weights.ts";
import { registerNetwork, startCall } from "../subtensor/network.ts";
import { burnedRegister } from "../subtensor/registration.ts";
import { batchRevealWeights, revealWeights } from "../subtensor/reveal-weights.ts";
import { serveAxon, serveAxonTls } from "../subtensor/serve-axon.ts";
import { setWeights } from "../subtensor/set-weights.ts";
import { addStake } from "../subtensor/stake.ts";
import { setActivityCutoffFactor, setTempo, triggerEpoch } from "../subtensor/tempo.ts";
import { badOrigin, type Context, type Origin } from "./context.ts";
import { remark, remarkWithEvent } from "./remark.ts";
import {
  type adminUtils,
  type balances,
  type commitments,
  type subtensor,
  type sudo,
  type system,
  timestamp,
} from "./runtime.ts";
import { sudoAs, sudoCall } from "./sudo.ts";

export type Handler<A> = (context: Context, origin: Origin, args: A) => void;
type HandlersOf<P extends { calls: Readonly<Record<string, Declared<unknown>>> }> = {
  readonly [N in keyof P["calls"]]: Handler<ValueOf<P["calls"][N]>>;
};

type Declarations = {
  readonly System: HandlersOf<typeof system>;
  readonly Timestamp: HandlersOf<typeof timestamp>;
  readonly Balances: HandlersOf<typeof balances>;
  readonly SubtensorModule: HandlersOf<typeof subtensor>;
  readonly Sudo: HandlersOf<typeof sudo>;
  readonly Commitments: HandlersOf<typeof commitments>;
  readonly AdminUtils: HandlersOf<typeof adminUtils>;
};

/** One handler for every declared call; a call without one does not compile. */
const handlers: Declarations = {
  System: { remark, remark_with_event: remarkWithEvent },
  Timestamp: { set: setTime },
  Balances: { transfer_keep_alive: transferKeepAlive },
  SubtensorModule: {
    set_weights: (context, origin, args) => setWeights(context, origin, { ...args, mecid: 0 }),
    set_mechanism_weights: setWeights,
    batch_set_weights: batchSetWeights,
    commit_weights: (context, origin, args) => commitWeights(context, origin, { ...args, mecid: 0 }),
    commit_mechanism_weights: commitWeights,
    batch_commit_weights: batchCommitWeights,
    commit_timelocked_weights: (context, origin, args) =>
      commitTimelocked(context, origin, { ...args, mecid: 0 }),
    commit_timelocked_mechanism_weights: commitTimelocked,
    commit_crv3_mechanism_weights: (context, origin, args) =>
      commitTimelocked(context, origin, { ...args, commit_reveal_version: CRV3_VERSION }),
    reveal_weights: (context, origin, args) => revealWeights(context, origin, { ...args, mecid: 0 }),
    reveal_mechanism_weights: revealWeights,
    batch_reveal_weights: batchRevealWeights,
    serve_axon: serveAxon,
    serve_axon_tls: serveAxonTls,
    set_tempo: setTempo,
    set_activity_cutoff_factor: setActivityCutoffFactor,
    trigger_epoch: triggerEpoch,
    add_stake: addStake,
    burned_register: burnedRegister,
    register_network: registerNetwork,
    start_call: startCall,
  },
  Sudo: { sudo: sudoCall, sudo_as: sudoAs },
  Commitments: { set_commitment: setCommitment },
  AdminUtils: adminHandlers,
};

/** The handler of a decoded call; the decoder only yields declared ones. */
export function handlerOf(pallet: string, call: string): Handler<unknown> {
  const table: Readonly<Record<string, Readonly<Record<string, Handler<never>>>>> = handlers;
  return table[pallet]?.[call] as Handler<unknown>;
}

function setTime(context: Context, origin: Origin, args: { readonly now: bigint }): void {
  if (origin.kind !== "none") throw badOrigin();
  write(context.state, timestamp.storage.Now, [args.now]);
  publishPulses(context);
}
