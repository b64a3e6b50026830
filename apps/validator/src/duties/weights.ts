import type { EpochState, Head } from "@assay/chain";
import { ValidatorError } from "../errors.ts";
import { errorFacts, type Logger } from "../log.ts";
import { LOG } from "../log-messages.ts";
import type { Duty } from "../loop/duty.ts";
import { countRefused, findIntentOfEpoch } from "../store/intents.ts";
import { reading, storageIndexOf, type WeightsContext } from "../weights/context.ts";
import { type Hold, holdOf } from "../weights/hold.ts";
import { prepare } from "../weights/prepare.ts";
import { receiveSnapshot, type Verdict } from "../weights/receive.ts";
import { send, sendAgain } from "../weights/send.ts";
import { settle } from "../weights/settle.ts";
import { isTimeToSend } from "../weights/time.ts";

/** Extrinsics that may fail in one epoch before the next is waited for. */
const MOST_ATTEMPTS = 3;
/** Blocks between two looks at a reason to hold. */
const HOLD_BLOCKS = 4;

type Moment = { readonly head: Head; readonly signal: AbortSignal };
/** What only spares work and log lines: nothing in it decides what is sent. */
type Memory = { quietUntil: number; lastHold: string };

/** Sets the weights of the newest verified snapshot, once per epoch, and finishes what a crash left open. */
export function weightsDuty(context: WeightsContext): Duty {
  const memory: Memory = { quietUntil: 0, lastHold: "" };
  return {
    name: "weights",
    async run(head, signal) {
      await receiveAll(context, memory, { head, signal });
      const pending = await settle(context, signal);
      if (head.block < memory.quietUntil) return;
      const state = context.chain.epochState(context.netuid, { at: head.hash });
      const epoch = await reading("the epoch", state, signal);
      const [open] = pending;
      if (open !== undefined && open.epochIndex !== epoch.epochIndex) return;
      if (open === undefined && isTaken(context, epoch)) return;
      if (!(await isTime(context, epoch, { head, signal }))) return;
      const held = await act(context, { head, signal, epoch, open });
      if (held) noteHold(context, memory, { held, head, epoch });
    },
  };
}

type Act = Moment & { epoch: EpochState; open: Parameters<typeof sendAgain>[1]["intent"] | undefined };

async function act(
  context: WeightsContext,
  { head, signal, epoch, open }: Act,
): Promise<Waiting | undefined> {
  const prepared = await prepare(context, { head, epoch, signal });
  if (prepared.kind === "hold") return prepared;
  if (open) {
    await sendAgain(context, { intent: open, prepared, signal });
    return undefined;
  }
  const epochOf = { storageIndex: storageIndexOf(context), epochIndex: epoch.epochIndex };
  if (countRefused(context.store.db, epochOf) >= MOST_ATTEMPTS) return attemptsSpent(epoch);
  const [finding] = await reading("the preflight checks", context.chain.preflight(prepared.request), signal);
  if (finding === undefined) await send(context, prepared, { head, epoch, signal });
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

async function receiveAll(context: WeightsContext, memory: Memory, { head, signal }: Moment): Promise<void> {
  const { chain, inbox, netuid, mechid, verify, store, log } = context;
  if (inbox.first() === undefined) return;
  const ownerHotkey = context.authority ?? (await readOwner(context, { head, signal }));
  const trust = { ownerHotkey, genesis: chain.genesisHash, netuid, mechid, block: head.block, verify };
  for (let signed = inbox.first(); signed; signed = inbox.first()) {
    const verdict = await receiveSnapshot(store.db, signed, trust);
    inbox.drop(signed);
    if (verdict.kind === "accepted") memory.quietUntil = 0;
    noteVerdict(log, signed.version, verdict);
  }
}

async function readOwner(
  { chain, netuid, mechid }: WeightsContext,
  { head, signal }: Moment,
): Promise<string> {
  const metagraph = chain.metagraph(netuid, { mechid, at: head.hash });
  return (await reading("the subnet's owner", metagraph, signal)).ownerHotkey;
}

function noteVerdict(log: Logger, received: number, verdict: Verdict): void {
  if (verdict.kind === "known") return;
  if (verdict.kind !== "accepted") {
    const message = verdict.kind === "conflict" ? LOG.snapshotConflict : LOG.snapshotRefused;
    return log.error({ version: received, ...errorFacts(verdict.error) }, message);
  }
  const { version, vectorHash, validUntil, instances } = verdict.body;
  const policies = instances.map(({ id, vector }) => ({ id, policy: vector.policy }));
  log.info({ version, vectorHash, validUntil, policies }, LOG.snapshotAccepted);
}

function isTaken(context: WeightsContext, { epochIndex }: EpochState): boolean {
  return (
    findIntentOfEpoch(context.store.db, { storageIndex: storageIndexOf(context), epochIndex }) !== undefined
  );
}

async function isTime(
  context: WeightsContext,
  epoch: EpochState,
  { head, signal }: Moment,
): Promise<boolean> {
  const { chain, netuid, mechid, signer } = context;
  const who = { genesis: chain.genesisHash, netuid, mechid, hotkey: signer.address };
  const best = await reading("the best head", chain.bestHead(), signal);
  return isTimeToSend(epoch, { finalised: head, best, who });
}

function noteHold(
  { log }: WeightsContext,
  memory: Memory,
  { held, head, epoch }: { held: Waiting; head: Head; epoch: EpochState },
): void {
  const { blocks = HOLD_BLOCKS, code, reason } = held;
  memory.quietUntil = blocks === null ? (epoch.nextEpochStart ?? head.block) : head.block + blocks;
  const told = `${epoch.epochIndex} ${code}`;
  if (memory.lastHold === told) return;
  memory.lastHold = told;
  log.warn({ epochIndex: epoch.epochIndex, code, reason }, LOG.weightsHeld);
}
