import type { EpochState, Head } from "@assay/chain";
import { ValidatorError } from "../errors.ts";
import { errorFacts } from "../log.ts";
import { LOG } from "../log-messages.ts";
import { findLastConfirmed } from "../store/intents.ts";
import { findNote, writeNote } from "../store/notes.ts";
import { storageIndexOf, type WeightsContext } from "./context.ts";

/** Tempos without confirmed weights after which it is said, and after which it is said as an error. */
const WARN_TEMPOS = 2;
const ALERT_TEMPOS = 3;

/** Tempos for which weights were already said to be overdue: each is said once. */
export type OverdueMemory = { toldTempos: number };

/** Says that no weights were confirmed for two tempos, and from three on as an error. */
export function noteOverdue(
  context: WeightsContext,
  memory: OverdueMemory,
  { head, epoch }: { head: Head; epoch: EpochState },
): void {
  const { metrics } = context.vitals;
  const sinceBlock = blockOfLastSet(context, head);
  const tempos = epoch.tempo === 0 ? 0 : Math.floor((head.block - sinceBlock) / epoch.tempo);
  metrics.overdueTempos.set(tempos);
  if (tempos < WARN_TEMPOS) memory.toldTempos = 0;
  if (tempos < WARN_TEMPOS || tempos <= memory.toldTempos) return;
  memory.toldTempos = tempos;
  const level = tempos < ALERT_TEMPOS ? "warn" : "error";
  context.log[level]({ tempos, ...errorFacts(overdue(sinceBlock, tempos)) }, LOG.weightsOverdue);
}

/** Counted from the first block that this journal saw, if nothing was confirmed since; a restart starts no new count. */
function blockOfLastSet(context: WeightsContext, head: Head): number {
  const { db } = context.store;
  const last = findLastConfirmed(db, storageIndexOf(context))?.included?.block;
  const since = findNote(db, "since")?.block;
  if (since === undefined) writeNote(db, "since", { block: head.block });
  return Math.max(last ?? 0, since ?? head.block);
}

function overdue(sinceBlock: number, tempos: number): ValidatorError {
  return new ValidatorError(
    { code: "VALIDATOR_OVERDUE", sinceBlock, tempos },
    `No weights were confirmed since block ${sinceBlock}, for ${tempos} tempos. Run \`doctor\`, and look at the \`weights held\` lines before this one.`,
  );
}
