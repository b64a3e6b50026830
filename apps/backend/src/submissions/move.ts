import {
  ApiError,
  type HotkeyCaller,
  type KeyCaller,
  type RerunSubmission,
  type SubmissionRef,
} from "@assay/api";
import type { Submission } from "@assay/core";
import {
  findCurrentLeader,
  findSubmission,
  latestCandidateOf,
  lockCompetition,
  rerunSubmission,
  type SubmissionRow,
  supersedeCandidates,
  type Trx,
  withdrawSubmission,
} from "@assay/db";
import { recordAct } from "../audit/act.ts";
import type { Backend } from "../backend.ts";
import { assertNotBanned } from "../bans/enforce.ts";
import { found } from "../not-found.ts";
import { submissionView } from "./view.ts";

/** Takes a miner's own submission back while it waits; its bytes stay its own, so they cannot be sent again. */
export async function withdraw(
  backend: Backend,
  { caller, id }: SubmissionRef & { caller: HotkeyCaller },
): Promise<Submission> {
  const { db, netuid } = backend;
  const { hotkey } = caller;
  const row = await db.transaction().execute(async (trx) => {
    const submission = await findSubmission(trx, id);
    // Whose it is, everybody may know; that of somebody else is still none to withdraw.
    const own = submission?.hotkey === hotkey ? submission : undefined;
    const { status } = found(own, { kind: "submission of yours", id, netuid });
    const withdrawn = await withdrawSubmission(trx, id);
    if (withdrawn === undefined) throw wrongStatus({ id, status, action: "withdraw" });
    const facts = { competitionId: withdrawn.competitionId };
    await recordAct(trx, backend, { by: hotkey, action: "submission.withdraw", target: id, facts });
    return withdrawn;
  });
  return submissionView(row);
}

/** Lets a judged submission wait for the next cycle; what it had pending is closed, because it is measured anew. */
export async function rerun(
  backend: Backend,
  { caller, id, reason }: RerunSubmission & { caller: KeyCaller },
): Promise<Submission> {
  const { db, netuid } = backend;
  const row = await db.transaction().execute(async (trx) => {
    const submission = found(await findSubmission(trx, id), { kind: "submission", id, netuid });
    await assertRerunnable(trx, submission);
    const again = await rerunSubmission(trx, { ...submission, explanation: `runs again: ${reason}` });
    if (again === undefined) throw wrongStatus({ id, status: submission.status, action: "rerun" });
    const closed = await closeCandidate(trx, submission);
    const facts = { from: submission.status, cycle: submission.cycleId, closed };
    await recordAct(trx, backend, { by: caller, action: "submission.rerun", target: id, reason, facts });
    return again;
  });
  return submissionView(row);
}

/** The leader runs with every cycle anyway. */
async function assertRerunnable(trx: Trx, submission: SubmissionRow): Promise<void> {
  const { id, competitionId } = submission;
  const { status } = await lockCompetition(trx, competitionId);
  if (status !== "open" && status !== "paused")
    throw new ApiError(
      { code: "API_COMPETITION_NOT_OPEN", id: competitionId, status },
      `The competition is ${status}.`,
    );
  await assertNotBanned(trx, submission);
  const leader = await findCurrentLeader(trx, competitionId);
  if (leader?.submissionId === id) throw wrongStatus({ id, status: "leader", action: "rerun" });
}

async function closeCandidate(trx: Trx, { id, competitionId }: SubmissionRow): Promise<string[]> {
  const candidate = await latestCandidateOf(trx, id);
  const ids = candidate === undefined ? [] : [candidate.id];
  const closed = await supersedeCandidates(trx, { competitionId, ids, because: "newer-submission" });
  return closed.map((row) => row.id);
}

function wrongStatus(facts: { id: string; status: string; action: "withdraw" | "rerun" }): ApiError {
  const advice =
    facts.action === "withdraw"
      ? "only one that waits for its cycle can be withdrawn"
      : "one that is judged, not leading, and without a newer one waiting can run again";
  return new ApiError({ code: "API_SUBMISSION_STATUS", ...facts }, `It is ${facts.status}: ${advice}.`);
}
