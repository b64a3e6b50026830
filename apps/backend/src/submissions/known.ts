import type { SubmissionExplanation } from "@assay/api";
import { type CandidateRow, findCandidate, hasLed, leadersAt } from "@assay/db";
import type { Backend } from "../backend.ts";
import type { Horizon } from "../snapshots/horizon.ts";

type Known = Omit<NonNullable<SubmissionExplanation["candidate"]>, "id">;
type State = Pick<Known, "status" | "supersededBecause" | "reason">;

const WAITING: State = { status: "pending", supersededBecause: null, reason: null };
const BELOW: State = { status: "superseded", supersededBecause: "bar-moved", reason: null };
/** Why it was approved is for the audit log. */
const APPROVED: State = { status: "approved", supersededBecause: null, reason: null };

/** Where a candidate stands, and why. */
export function standing(candidate: CandidateRow): Known {
  const { contested, comparison } = candidate;
  return { ...stateOf(candidate), contested, comparison };
}

function stateOf({ status, supersededBecause, decisionReason: reason }: CandidateRow): State {
  return { status, supersededBecause, reason };
}

/**
 * Where a candidate stood at a horizon, as far as it tells who leads. Comparisons are made anew whenever the lead changes:
 * nobody is told of one before it is final, or with a leader that is not public.
 */
export async function standingAt(backend: Backend, seen: Seen): Promise<Known> {
  const state = await stateAt(backend, seen);
  const { comparison, contested } = seen.candidate;
  if (state.status === "pending" || !(await isPublic(backend, seen)))
    return { ...state, contested: false, comparison: null };
  return { ...state, contested, comparison };
}

type Seen = { candidate: CandidateRow; horizon: Horizon };

async function isPublic({ db }: Backend, { candidate, horizon }: Seen): Promise<boolean> {
  const { comparison, competitionId } = candidate;
  if (comparison === null) return true;
  const { leaderSubmissionId: submissionId } = comparison;
  return hasLed(db, { competitionId, submissionId, by: horizon.block });
}

/** What its own miner did or suffered is told at once. */
async function stateAt(backend: Backend, { candidate, horizon }: Seen): Promise<State> {
  const { status, decidedAt, createdAt, pendingSince } = candidate;
  const isLater = (moment: Date | null | undefined) => moment != null && moment > horizon.at;
  if (status === "approved") return isLater(decidedAt) ? WAITING : APPROVED;
  if (status === "revoked" && isLater(decidedAt))
    return (await ledAt(backend, { candidate, horizon })) ? APPROVED : WAITING;
  // Whoever waits anew, because the lead fell, was below the bar before.
  if (status === "pending" && isLater(pendingSince) && !isLater(createdAt)) return BELOW;
  if (isLater(await barMovedAt(backend, candidate))) return WAITING;
  return stateOf(candidate);
}

async function ledAt({ db, netuid }: Backend, { candidate, horizon }: Seen): Promise<boolean> {
  const leaders = await leadersAt(db, { netuid, block: horizon.block });
  return leaders.some(({ candidateId }) => candidateId === candidate.id);
}

/** When the one was approved whose bar a candidate does not reach. */
async function barMovedAt(
  { db }: Backend,
  { supersededBecause, supersededBy }: CandidateRow,
): Promise<Date | null | undefined> {
  if (supersededBecause !== "bar-moved" || supersededBy === null) return null;
  return (await findCandidate(db, supersededBy))?.decidedAt;
}
