import type { SubmissionExplanation } from "@assay/api";
import { type CandidateRow, findCandidate, leadersAt } from "@assay/db";
import type { Backend } from "../backend.ts";
import type { Horizon } from "../snapshots/horizon.ts";

type Known = Pick<NonNullable<SubmissionExplanation["candidate"]>, "status" | "supersededBecause" | "reason">;

const WAITING: Known = { status: "pending", supersededBecause: null, reason: null };
const BELOW: Known = { status: "superseded", supersededBecause: "bar-moved", reason: null };
/** Why it was approved is for the audit log. */
const APPROVED: Known = { status: "approved", supersededBecause: null, reason: null };

/** Where a candidate stands, and why. */
export function standing({ status, supersededBecause, decisionReason: reason }: CandidateRow): Known {
  return { status, supersededBecause, reason };
}

/** Where a candidate stood at a horizon, as far as it tells who leads: what its own miner did or suffered is told at once. */
export async function standingAt(
  backend: Backend,
  { candidate, horizon }: { candidate: CandidateRow; horizon: Horizon },
): Promise<Known> {
  const { status, decidedAt, createdAt, pendingSince } = candidate;
  const isLater = (moment: Date | null | undefined) => moment != null && moment > horizon.at;
  if (status === "approved") return isLater(decidedAt) ? WAITING : APPROVED;
  if (status === "revoked" && isLater(decidedAt))
    return (await ledAt(backend, { candidate, horizon })) ? APPROVED : WAITING;
  // Whoever waits anew, because the lead fell, was below the bar before.
  if (status === "pending" && isLater(pendingSince) && !isLater(createdAt)) return BELOW;
  if (isLater(await barMovedAt(backend, candidate))) return WAITING;
  return standing(candidate);
}

async function ledAt(
  { db, netuid }: Backend,
  { candidate, horizon }: { candidate: CandidateRow; horizon: Horizon },
): Promise<boolean> {
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
