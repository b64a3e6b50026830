import type { Caller } from "@assay/api";
import type { Submission, SubmissionStatus } from "@assay/core";
import { cyclesClosedAfter, type SubmissionRow } from "@assay/db";
import type { Backend } from "../backend.ts";
import { horizonOf } from "../snapshots/horizon.ts";
import { submissionView } from "./view.ts";

const LATER = "with the figures of whoever led, once that can be read on chain";

/** What is said of a verdict while whom it was held against is not public. */
const WITHHELD: Partial<Record<SubmissionStatus, string>> = {
  candidate: `It reaches every minimum and the bar of its cycle; by how much is told later, ${LATER}.`,
  "below-bar": `It reaches every minimum, but not the bar of its cycle; by how much is told later, ${LATER}.`,
  unscored: `Not scored; why is told later, ${LATER}.`,
};

type Told = { readonly rows: readonly SubmissionRow[]; readonly caller: Caller };

/**
 * How a caller may know submissions. What a verdict says of the leader is withheld until the block at which its cycle
 * closed is public, whether or not the lead had changed by then: telling the one from the other would tell it.
 */
export async function tellerFor(
  backend: Backend,
  { rows, caller }: Told,
): Promise<(row: SubmissionRow) => Submission> {
  const horizon = await horizonOf(backend, caller);
  if (horizon === null) return submissionView;
  const ids = rows.flatMap(({ cycleId }) => cycleId ?? []);
  const recent = await cyclesClosedAfter(backend.db, { ids, block: horizon.block });
  return (row) => submissionView(recent.has(row.cycleId ?? "") ? withheld(row) : row);
}

function withheld(row: SubmissionRow): SubmissionRow {
  return { ...row, explanation: WITHHELD[row.status] ?? row.explanation };
}
