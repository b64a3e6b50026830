import { ApiError } from "@assay/api";
import {
  type CandidateRow,
  type CompetitionRow,
  findCandidate,
  lockCandidate,
  lockCompetition,
  type Trx,
} from "@assay/db";
import type { Backend } from "../backend.ts";
import { found } from "../not-found.ts";

export type Locked = { candidate: CandidateRow; competition: CompetitionRow };

/** One decision at a time per competition, so that each sees the leader the one before has made. */
export async function lockWithCompetition(
  trx: Trx,
  { backend, id }: { backend: Backend; id: string },
): Promise<Locked> {
  const { netuid } = backend;
  const { competitionId } = found(await findCandidate(trx, id), { kind: "candidate", id, netuid });
  const competition = await lockCompetition(trx, competitionId);
  return { competition, candidate: await lockCandidate(trx, id) };
}

/** The same for a candidate that must await its decision. */
export async function lockPending(trx: Trx, of: { backend: Backend; id: string }): Promise<Locked> {
  const locked = await lockWithCompetition(trx, of);
  if (locked.candidate.status !== "pending") throw notPending(locked.candidate);
  return locked;
}

/** The refusal to decide twice. */
export function notPending({ id, status }: { id: string; status: string }): ApiError {
  const message = `The candidate is ${status}; only a pending one can be decided.`;
  return new ApiError({ code: "API_CANDIDATE_NOT_PENDING", id, status }, message);
}
