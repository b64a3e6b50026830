import { ApiError, type KeyCaller, type QueuedCandidate, type RevokeCandidate } from "@assay/api";
import { type CandidateRow, findCurrentLeader, type Trx } from "@assay/db";
import { recordAct } from "../audit/act.ts";
import type { Backend } from "../backend.ts";
import { type Fall, fallOf } from "../leaders/fall.ts";
import { writeSnapshot } from "../snapshots/write.ts";
import { decide, decisionOf } from "./decide.ts";
import { lockWithCompetition } from "./lock.ts";
import { dropBar } from "./queue.ts";
import { candidateView } from "./view.ts";

/**
 * Takes an approval back. If the candidate leads, the latest approved leader that may still lead does so again; the
 * decision, that change, the queue, the snapshot and the audit row are one transaction.
 */
export async function revokeCandidate(
  backend: Backend,
  { caller, id, reason }: RevokeCandidate & { caller: KeyCaller },
): Promise<QueuedCandidate> {
  const revoked = await backend.db.transaction().execute(async (trx) => {
    const { candidate } = await lockWithCompetition(trx, { backend, id });
    if (candidate.status !== "approved") throw notApproved(candidate);
    const row = await decide(trx, { ...decisionOf(backend, caller), id, action: "revoke", reason });
    const fall = await fallBack(trx, { backend, candidate });
    const { version } = await writeSnapshot(trx, backend);
    const facts = { hotkey: row.hotkey, ...fall, snapshot: version };
    await recordAct(trx, backend, { by: caller, action: "candidate.revoke", target: id, reason, facts });
    return candidateView(trx, { backend, row });
  });
  backend.trace("snapshot-committed");
  backend.log.info({ candidate: id, hotkey: revoked.hotkey, by: caller.id }, "approval revoked");
  return revoked;
}

async function fallBack(
  trx: Trx,
  { backend, candidate }: { backend: Backend; candidate: CandidateRow },
): Promise<Fall> {
  const { competitionId, id } = candidate;
  const leader = await findCurrentLeader(trx, competitionId);
  if (leader?.candidateId === id) return fallOf(trx, { backend, leader, endReason: "revoked" });
  const change = await dropBar(trx, { backend, competitionId, leader, fallen: id });
  return { leads: leader?.candidateId ?? null, ...change };
}

function notApproved({ id, status }: CandidateRow): ApiError {
  const message = `The candidate is ${status}; only an approval can be revoked.`;
  return new ApiError({ code: "API_CANDIDATE_NOT_APPROVED", id, status }, message);
}
