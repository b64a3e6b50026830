import type { EpochState } from "@assay/chain";
import { ValidatorError } from "../errors.ts";
import { findNote } from "../store/notes.ts";
import type { WeightsContext } from "./context.ts";
import { type Hold, holdOf } from "./hold.ts";

/** What keeps this validator from sending whatever the snapshot says: its operator, or an epoch it does not know all of. */
export function standingHold({ store }: WeightsContext, epoch: EpochState): Hold | undefined {
  const pause = findNote(store.db, "pause");
  if (pause) return pausedHold(pause.reason);
  const floor = findNote(store.db, "floor");
  if (floor === undefined) return undefined;
  const { throughEpoch, afterBlock, reason } = floor;
  const { epochIndex, lastEpochBlock } = epoch;
  if (epochIndex > throughEpoch && lastEpochBlock > afterBlock) return undefined;
  const facts = { code: "VALIDATOR_EPOCH_UNKNOWN", epochIndex, throughEpoch, afterBlock } as const;
  const message = `Something unknown may take effect in epoch ${epochIndex}: ${reason}. A later epoch is waited for.`;
  return holdOf(new ValidatorError(facts, message));
}

function pausedHold(reason: string): Hold {
  const message = `The operator has paused this validator (${reason}). Run \`resume\` to go on.`;
  return holdOf(new ValidatorError({ code: "VALIDATOR_PAUSED", reason }, message));
}
