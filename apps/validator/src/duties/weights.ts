import type { EpochState, Head } from "@assay/chain";
import { LOG } from "../log-messages.ts";
import type { Duty } from "../loop/duty.ts";
import { findIntentOfEpoch } from "../store/intents.ts";
import { takeOrders } from "../store/orders.ts";
import { act } from "../weights/act.ts";
import { reading, storageIndexOf, type WeightsContext } from "../weights/context.ts";
import type { Hold } from "../weights/hold.ts";
import {
  endFailure,
  FRESH,
  HOLD_BLOCKS,
  lookAnew,
  type Memory,
  noteFailure,
  noteHold,
} from "../weights/memory.ts";
import { noteOverdue } from "../weights/overdue.ts";
import { receiveAll } from "../weights/receive-all.ts";
import { recomputeNewest } from "../weights/recompute.ts";
import { followReveals } from "../weights/reveal.ts";
import { settle } from "../weights/settle.ts";
import { watchForStrangers } from "../weights/stranger.ts";
import { isTimeToSend } from "../weights/time.ts";

type Moment = { readonly head: Head; readonly signal: AbortSignal };
type InEpoch = Moment & { readonly epoch: EpochState };
/** Sets the weights of the newest verified snapshot, once per epoch, and finishes what a crash left open. */
export function weightsDuty(context: WeightsContext): Duty {
  const memory: Memory = { ...FRESH };
  return {
    name: "weights",
    async run(head, signal) {
      try {
        await attend(context, memory, { head, signal });
        endFailure(context, memory);
      } catch (error) {
        if (!signal.aborted) noteFailure(context, memory, { head, error });
        throw error;
      }
    },
  };
}

async function attend(context: WeightsContext, memory: Memory, { head, signal }: Moment): Promise<void> {
  const hasOrders = hearOrders(context);
  const now = { head, signal, epoch: await readEpoch(context, memory, { head, signal }) };
  if ((await receiveAll(context, now)) || hasOrders) lookAnew(memory);
  const pending = await settle(context, signal);
  await followReveals(context, memory, signal);
  if (head.block >= memory.recomputeFrom && !(await recomputeNewest(context, now)))
    memory.recomputeFrom = head.block + HOLD_BLOCKS;
  noteEpoch(context, memory, now);
  const stranger = pending.length === 0 ? await watch(context, memory, now) : undefined;
  if (head.block < memory.quietUntil) return;
  if (stranger) return noteHold(context, memory, { held: stranger, ...now });
  const [open] = pending;
  if (open !== undefined && open.epochIndex !== now.epoch.epochIndex) return;
  if (open === undefined && isTaken(context, now.epoch)) return noteHold(context, memory, { ...now });
  if (!(await isTime(context, now))) return;
  const held = await act(context, { ...now, open });
  noteHold(context, memory, { held, ...now });
}

/** The schedule at a block; another one ends what was to wait for the end of the epoch. */
async function readEpoch(
  { chain, netuid, vitals }: WeightsContext,
  memory: Memory,
  { head, signal }: Moment,
): Promise<EpochState> {
  const epoch = await reading("the epoch", chain.epochState(netuid, { at: head.hash }), signal);
  const schedule = `${epoch.epochIndex} ${epoch.nextEpochStart}`;
  if (memory.schedule !== schedule) memory.quietUntil = 0;
  memory.schedule = schedule;
  vitals.epoch = epoch;
  return epoch;
}

/** What the operator has told, into the journal; what was held until a resume is held no more. */
function hearOrders({ store, log, vitals }: WeightsContext): boolean {
  const orders = takeOrders(store);
  for (const order of orders) log.warn(order, LOG.orderTaken);
  if (orders.some(({ kind }) => kind === "resume")) vitals.hold = undefined;
  return orders.length > 0;
}

function noteEpoch(context: WeightsContext, memory: Memory, now: InEpoch): void {
  const { vitals, store } = context;
  const before = memory.epochIndex;
  memory.epochIndex = now.epoch.epochIndex;
  noteOverdue(context, memory, now);
  if (before === undefined || before >= now.epoch.epochIndex) return;
  const storageIndex = storageIndexOf(context);
  for (let epochIndex = before; epochIndex < now.epoch.epochIndex; epochIndex++)
    if (findIntentOfEpoch(store.db, { storageIndex, epochIndex }) === undefined)
      vitals.metrics.epochsMissed.inc();
}

/** Once an epoch, so that it is told at once, and again before anything is signed. */
async function watch(context: WeightsContext, memory: Memory, now: InEpoch): Promise<Hold | undefined> {
  if (memory.watchedEpoch === now.epoch.epochIndex) return undefined;
  const stranger = await watchForStrangers(context, now);
  memory.watchedEpoch = now.epoch.epochIndex;
  return stranger;
}

function isTaken(context: WeightsContext, { epochIndex }: EpochState): boolean {
  return (
    findIntentOfEpoch(context.store.db, { storageIndex: storageIndexOf(context), epochIndex }) !== undefined
  );
}

async function isTime(context: WeightsContext, { epoch, head, signal }: InEpoch): Promise<boolean> {
  const { chain, netuid, mechid, signer } = context;
  const who = { genesis: chain.genesisHash, netuid, mechid, hotkey: signer.address };
  const best = await reading("the best head", chain.bestHead(), signal);
  return isTimeToSend(epoch, { finalised: head, best, who });
}
