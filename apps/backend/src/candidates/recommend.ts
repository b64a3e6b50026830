import type { KeyCaller, QueuedCandidate, RecommendCandidate } from "@assay/api";
import { findCurrentLeader, insertReview } from "@assay/db";
import { recordAct } from "../audit/act.ts";
import { type Backend, nowOf } from "../backend.ts";
import { assertImpartial, ownerOf } from "./impartial.ts";
import { lockPending } from "./lock.ts";
import { candidateView } from "./view.ts";

/** Notes what a reviewer or an admin thinks of a pending candidate; `approve` is the first pair of four eyes. */
export async function recommendCandidate(
  backend: Backend,
  { caller, id, verdict, note }: RecommendCandidate & { caller: KeyCaller },
): Promise<QueuedCandidate> {
  const { db, netuid } = backend;
  return db.transaction().execute(async (trx) => {
    const { candidate } = await lockPending(trx, { backend, id });
    const owner = await ownerOf(trx, caller);
    if (verdict === "approve") await assertImpartial(trx, { backend, candidate, owner });
    const leader = await findCurrentLeader(trx, candidate.competitionId);
    const leaderCandidateId = leader?.candidateId ?? null;
    const review = { netuid, candidateId: id, verdict, note, owner, leaderCandidateId };
    await insertReview(trx, { ...review, keyId: caller.id, createdAt: nowOf(backend) });
    const facts = { verdict, owner, leader: leaderCandidateId };
    const act = { by: caller, action: "candidate.recommend", target: id, reason: note, facts };
    await recordAct(trx, backend, act);
    return candidateView(trx, { backend, row: candidate });
  });
}
