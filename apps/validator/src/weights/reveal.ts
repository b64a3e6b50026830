import { ChainError } from "@assay/chain";
import { ValidatorError } from "../errors.ts";
import { errorFacts } from "../log.ts";
import { LOG } from "../log-messages.ts";
import type { Intent, SealedCommit } from "../store/intent.ts";
import { listSealedIntents, recordRevealed, recordUnrevealed } from "../store/intents.ts";
import { reading, storageIndexOf, type WeightsContext } from "./context.ts";

/** What keeps a commit from being followed: each is said once. */
export type RevealMemory = { toldReveals: string };

/**
 * Follows every commit of the journal to its end: the chain opens it, or drops it without a word. One that cannot be
 * followed is said and looked for again; it keeps no weights from being set.
 */
export async function followReveals(
  context: WeightsContext,
  memory: RevealMemory,
  signal: AbortSignal,
): Promise<void> {
  let problem = "";
  for (const intent of listSealedIntents(context.store.db, storageIndexOf(context)))
    try {
      if (intent.commit !== null) await follow(context, { intent, commit: intent.commit, signal });
    } catch (error) {
      if (signal.aborted || !(error instanceof ChainError)) throw error;
      problem = error.code;
      const { epochIndex, snapshotVersion } = intent;
      const level = memory.toldReveals === problem ? "debug" : "warn";
      context.log[level]({ epochIndex, snapshotVersion, ...errorFacts(error) }, LOG.revealUnknown);
    }
  memory.toldReveals = problem;
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
