import type { EpochState, Head } from "@assay/chain";
import { LOG } from "../log-messages.ts";
import type { Intent, SignedBytes } from "../store/intent.ts";
import { listSignedLately } from "../store/intents.ts";
import { type Note, raiseFloor, writeNote } from "../store/notes.ts";
import { reading, storageIndexOf, type WeightsContext } from "./context.ts";
import { epochOfInclusion, findCommitAt, isForgotten } from "./evidence.ts";

type Moment = { readonly head: Head; readonly epoch: EpochState; readonly signal: AbortSignal };
type Own = { readonly intent: Intent; readonly signed: SignedBytes; readonly at: Head };

/** Signed extrinsics that are looked for: those of several epochs. */
const MOST = 8;

/**
 * The baseline together with everything of ours that is on chain otherwise than the journal has it: a node whose
 * finality lied has told of blocks that are no more, and what was confirmed, dead or refused in them may be in others
 * now. Undefined if there is nothing of the kind.
 */
export async function withOwnDoings(
  context: WeightsContext,
  baseline: Note<"baseline">,
  moment: Moment,
): Promise<Note<"baseline"> | undefined> {
  const moved = await movedIntents(context, moment);
  if (moved.length === 0) return undefined;
  const commits = new Set(baseline.commits);
  for (const { signed, at } of moved) {
    const finding = await findCommitAt(context, { signed, at, ...moment });
    if (finding.kind === "found") commits.add(finding.commit.commitHash);
  }
  const wider = {
    ...baseline,
    nonce: Math.max(baseline.nonce, ...moved.map(({ signed }) => signed.nonce + 1)),
    lastUpdate: Math.max(baseline.lastUpdate, ...moved.map(({ at }) => at.block)),
    commits: [...commits],
  };
  for (const own of moved) await leaveEpochAlone(context, own, moment);
  writeNote(context.store.db, "baseline", wider);
  return wider;
}

/** What took effect in another block than the journal knows. */
async function movedIntents(context: WeightsContext, { signal }: Moment): Promise<Own[]> {
  const moved: Own[] = [];
  for (const intent of listSignedLately(context.store.db, storageIndexOf(context), MOST)) {
    const { signed, included } = intent;
    if (signed === null) continue;
    const at = await whereIs(context, signed, signal);
    if (at !== undefined && at.hash !== included?.hash) moved.push({ intent, signed, at });
  }
  return moved;
}

/** The block in which it took effect; none where a node has not kept blocks that old: then it explains nothing. */
async function whereIs(
  { chain }: WeightsContext,
  signed: SignedBytes,
  signal: AbortSignal,
): Promise<Head | undefined> {
  try {
    const fate = await reading("where an extrinsic of ours is", chain.trackExtrinsic(signed), signal);
    const isInBlock = fate.kind === "forgotten" || (fate.kind === "included" && fate.success);
    return isInBlock ? fate.at : undefined;
  } catch (error) {
    if (isForgotten(error)) return undefined;
    throw error;
  }
}

/** The journal has the epoch free, or another one taken: nothing more may be sent in it. */
async function leaveEpochAlone(
  context: WeightsContext,
  { intent, signed, at }: Own,
  { signal }: Moment,
): Promise<void> {
  const throughEpoch = await epochOfInclusion(context, { intent, at, signal });
  const { state, attempt } = intent;
  const reason = `an extrinsic of ours that the journal calls ${state} is in block ${at.block}`;
  raiseFloor(context.store.db, { throughEpoch, afterBlock: 0, reason });
  context.log.warn({ throughEpoch, attempt, hash: signed.hash, block: at.block, reason }, LOG.ownMoved);
}
