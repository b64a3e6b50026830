import type { Caller, SubmissionExplanation, SubmissionRef } from "@assay/api";
import { shortfalls } from "@assay/core";
import {
  type CandidateRow,
  findSubmission,
  getCompetition,
  getCycle,
  getThresholds,
  latestCandidateOf,
} from "@assay/db";
import type { Backend } from "../backend.ts";
import { thresholdsOf } from "../competitions/view.ts";
import { found } from "../not-found.ts";
import { horizonOf } from "../snapshots/horizon.ts";
import { askedValidators } from "./asked.ts";
import { standing, standingAt } from "./known.ts";
import { tellerFor } from "./told.ts";

/** Why a submission stands where it stands, by the thresholds of its cycle, or those in force while it has none. */
export async function explainSubmission(
  backend: Backend,
  { id, caller }: SubmissionRef & { caller: Caller },
): Promise<SubmissionExplanation> {
  const { db, netuid } = backend;
  const row = found(await findSubmission(db, id), { kind: "submission", id, netuid });
  const { competitionId, cycleId, figures } = row;
  const { thresholdsVersion: version } =
    cycleId === null ? await getCompetition(db, competitionId) : await getCycle(db, cycleId);
  const thresholds = thresholdsOf(await getThresholds(db, { competitionId, version }));
  const candidate = await latestCandidateOf(db, id);
  const tell = await tellerFor(backend, { rows: [row], caller });
  return {
    submission: tell(row),
    cycleId,
    thresholdsVersion: version,
    thresholds,
    shortfalls: figures === null ? null : [...shortfalls(figures, thresholds)],
    validators: await askedValidators(db, row),
    candidate: candidate === undefined ? null : await queued(backend, { candidate, caller }),
  };
}

async function queued(
  backend: Backend,
  { candidate, caller }: { candidate: CandidateRow; caller: Caller },
): Promise<SubmissionExplanation["candidate"]> {
  const horizon = await horizonOf(backend, caller);
  const known = horizon === null ? standing(candidate) : await standingAt(backend, { candidate, horizon });
  return { id: candidate.id, ...known };
}
