import { ChainError, type EpochState, type Head } from "@assay/chain";
import { ValidatorError } from "../errors.ts";
import { errorFacts } from "../log.ts";
import { LOG } from "../log-messages.ts";
import type { Duty } from "../loop/duty.ts";
import { countRefused, findIntentOfEpoch } from "../store/intents.ts";
import { takeOrders } from "../store/orders.ts";
import { tooLargeChange } from "../weights/change.ts";
import { reading, storageIndexOf, type WeightsContext } from "../weights/context.ts";
import { standingHold } from "../weights/guards.ts";
import { type Hold, holdOf } from "../weights/hold.ts";
import { noteOverdue, type OverdueMemory } from "../weights/overdue.ts";
import { type Prepared, prepare } from "../weights/prepare.ts";
import { receiveAll } from "../weights/receive-all.ts";
import { recomputeNewest } from "../weights/recompute.ts";
import { followReveals, type RevealMemory } from "../weights/reveal.ts";
import { send, sendAgain } from "../weights/send.ts";
import { type Pending, settle } from "../weights/settle.ts";
import { watchForStrangers } from "../weights/stranger.ts";
import { isTimeToSend } from "../weights/time.ts";
import { unsettled } from "../weights/unsettled.ts";

/** Extrinsics that may fail in one epoch before the next is waited for. */
const MOST_ATTEMPTS = 3;
/** Blocks between two looks at a reason to hold. */
const HOLD_BLOCKS = 4;

type Moment = { readonly head: Head; readonly signal: AbortSignal };
type InEpoch = Moment & { readonly epoch: EpochState };
/** What only spares work and log lines: nothing in it decides what is sent. */
type Memory = OverdueMemory &
  RevealMemory & {
    quietUntil: number;
    /** The schedule for which it is quiet: an owner may change it. */
    schedule: string;
    lastHold: string;
    /** Why the last run failed, as the status shows it. */
    failure: Hold | undefined;
    /** The hold that stood before. */
    hidden: Hold | undefined;
    /** The epoch that runs, and the one in which strangers were looked for. */
    epochIndex: number | undefined;
    watchedEpoch: number;
    recomputeFrom: number;
  };

const FRESH = {
  quietUntil: 0,
  schedule: "",
  lastHold: "",
  failure: undefined,
  hidden: undefined,
  epochIndex: undefined,
  watchedEpoch: -1,
  recomputeFrom: 0,
  toldTempos: 0,
  toldReveals: "",
} as const;

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

/** A duty that fails with every block is told once: its reason stands in the status, and overdue weights are told too. */
function noteFailure(
  context: WeightsContext,
  memory: Memory,
  { head, error }: { head: Head; error: unknown },
): void {
  const { vitals } = context;
  const { code, error: text } = errorFacts(error);
  const [reason = code] = text.split("\n");
  if (vitals.hold !== memory.failure) memory.hidden = vitals.hold;
  memory.failure = { kind: "hold", code, reason };
  vitals.hold = memory.failure;
  if (vitals.epoch !== undefined) noteOverdue(context, memory, { head, epoch: vitals.epoch });
}

/** What held before holds still, unless this run has found otherwise. */
function endFailure({ vitals }: WeightsContext, memory: Memory): void {
  if (memory.failure !== undefined && vitals.hold === memory.failure) vitals.hold = memory.hidden;
  memory.failure = undefined;
  memory.hidden = undefined;
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
  const held = await act(context, { ...now, open }).catch(holdOfChain);
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

/** Something new may end a hold at once. */
function lookAnew(memory: Memory): void {
  memory.quietUntil = 0;
  memory.recomputeFrom = 0;
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

type Act = InEpoch & { readonly open: Pending | undefined };

async function act(context: WeightsContext, now: Act): Promise<Waiting | undefined> {
  const { open, signal } = now;
  // Beginning to watch may close this epoch, so the watch comes before what stands in the journal.
  const stranger = open ? undefined : await watchForStrangers(context, now);
  const standing = stranger ?? standingHold(context, now.epoch);
  if (standing) return standing;
  const prepared = await prepare(context, now);
  if (prepared.kind === "hold") return prepared;
  const doubt = tooLargeChange(context, prepared);
  if (doubt) return doubt;
  if (!open) return sendNew(context, prepared, now);
  await sendAgain(context, { intent: open, prepared, signal });
  return undefined;
}

/** What time alone does not cure, such as a runtime this version does not know, is a reason to hold. */
function holdOfChain(error: unknown): Hold {
  if (error instanceof ChainError && !error.retryable) return holdOf(error);
  throw error;
}

async function sendNew(
  context: WeightsContext,
  prepared: Prepared,
  now: InEpoch,
): Promise<Waiting | undefined> {
  const { epoch, signal } = now;
  const epochOf = { storageIndex: storageIndexOf(context), epochIndex: epoch.epochIndex };
  if (countRefused(context.store.db, epochOf) >= MOST_ATTEMPTS) return attemptsSpent(epoch);
  const near = await unsettled(context, now);
  if (near) return { ...near, blocks: 1 };
  const [finding] = await reading("the preflight checks", context.chain.preflight(prepared.request), signal);
  if (finding === undefined) await send(context, prepared, now);
  if (finding === undefined) return undefined;
  const { error, message, retryable, waitBlocks } = finding;
  return { kind: "hold", code: error, reason: message, blocks: retryable ? (waitBlocks ?? 1) : null };
}

function attemptsSpent({ epochIndex }: EpochState): Waiting {
  const facts = { code: "VALIDATOR_ATTEMPTS_SPENT", epochIndex, attempts: MOST_ATTEMPTS } as const;
  const reason = `${MOST_ATTEMPTS} extrinsics of epoch ${epochIndex} failed; the next epoch is tried.`;
  return { ...holdOf(new ValidatorError(facts, reason)), blocks: null };
}

/** A hold with the blocks to wait: null for the rest of the epoch. */
type Waiting = Hold & { readonly blocks?: number | null };

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

/** Remembers why nothing is sent, or that nothing keeps us; a reason is told once an epoch. */
function noteHold(
  { log, vitals }: WeightsContext,
  memory: Memory,
  { held, head, epoch }: InEpoch & { held?: Waiting | undefined },
): void {
  vitals.hold = held;
  if (held === undefined) return;
  const { blocks = HOLD_BLOCKS, code, reason } = held;
  memory.quietUntil = blocks === null ? Number.POSITIVE_INFINITY : head.block + blocks;
  const told = `${epoch.epochIndex} ${code}`;
  if (memory.lastHold === told) return;
  memory.lastHold = told;
  vitals.metrics.holds.inc({ reason: code });
  log.warn({ epochIndex: epoch.epochIndex, code, reason }, LOG.weightsHeld);
}
