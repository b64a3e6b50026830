import { ValidatorError } from "../errors.ts";
import { errorFacts } from "../log.ts";
import { LOG } from "../log-messages.ts";
import type { Intent, SealedCommit } from "../store/intent.ts";
import { listSealedIntents, recordRevealed, recordUnrevealed } from "../store/intents.ts";
import { reading, storageIndexOf, type WeightsContext } from "./context.ts";

/** Follows every commit of the journal to its end: the chain opens it, or drops it without a word. */
export async function followReveals(context: WeightsContext, signal: AbortSignal): Promise<void> {
  for (const intent of listSealedIntents(context.store.db, storageIndexOf(context)))
    if (intent.commit !== null) await follow(context, { intent, commit: intent.commit, signal });
}

async function follow(
  context: WeightsContext,
  { intent, commit, signal }: { intent: Intent; commit: SealedCommit; signal: AbortSignal },
): Promise<void> {
  const { chain, store, log, vitals } = context;
  const fate = await reading("a commit's reveal", chain.trackReveal(commit, intent.row), signal);
  if (fate.kind === "pending") return;
  const { epochIndex, snapshotVersion } = intent;
  const facts = { epochIndex, snapshotVersion, commitHash: commit.commitHash, block: fate.at.block };
  vitals.metrics.extrinsics.inc({ outcome: fate.kind === "revealed" ? "revealed" : "unrevealed" });
  if (fate.kind === "revealed") {
    recordRevealed(store.db, intent, fate.at.block);
    return log.info({ ...facts, row: intent.row }, LOG.weightsRevealed);
  }
  recordUnrevealed(store.db, intent, fate.reason);
  log.error({ ...facts, reason: fate.reason, ...errorFacts(notRevealed(commit)) }, LOG.weightsUnrevealed);
}

function notRevealed({ commitHash, epoch }: SealedCommit): ValidatorError {
  return new ValidatorError(
    { code: "VALIDATOR_NOT_REVEALED", commitHash, epoch },
    "Weights were committed and the chain did not reveal them: the former row stays in force until the next commit. " +
      "Look whether the drand pulses of the chain stood still, and whether stake, permit and version key are in order. Nothing has to be done for the next epoch.",
  );
}
