import { ApiError, type KeyCaller } from "@assay/api";
import type { ApproveCandidate, Candidate, RejectCandidate } from "@assay/core";
import {
  type CandidateDecision,
  type CandidateRow,
  decideCandidate,
  findCandidate,
  lockCandidate,
  lockCompetition,
  replaceLeader,
  type Trx,
} from "@assay/db";
import { recordAct } from "../audit/act.ts";
import { type Backend, blockOf, nowOf } from "../backend.ts";
import { found } from "../not-found.ts";
import { writeSnapshot } from "../snapshots/write.ts";
import { moveBar } from "./bar-moved.ts";
import { assertStillStands } from "./standing.ts";
import { candidateView } from "./view.ts";

/** Makes a pending candidate the leader: decision, leader, queue, snapshot and audit row in one transaction. */
export async function approveCandidate(
  backend: Backend,
  { caller, id, reason = null }: ApproveCandidate & { caller: KeyCaller },
): Promise<Candidate> {
  const approved = await backend.db.transaction().execute(async (trx) => {
    const candidate = await lockPending(trx, { backend, id });
    if (candidate.contested) throw contested(id);
    await assertStillStands(trx, { backend, candidate });
    const decided = await decide(trx, { ...decisionOf(backend, caller), id, action: "approve", reason });
    const { previous } = await replaceLeader(trx, leadershipOf(backend, decided));
    const superseded = await moveBar(trx, { backend, leader: decided });
    const { version } = await writeSnapshot(trx, backend);
    const facts = {
      hotkey: decided.hotkey,
      replaced: previous?.hotkey ?? null,
      superseded,
      snapshot: version,
    };
    await recordAct(trx, backend, { by: caller, action: "candidate.approve", target: id, reason, facts });
    return decided;
  });
  backend.trace("snapshot-committed");
  backend.log.info({ candidate: id, hotkey: approved.hotkey, by: caller.id }, "candidate approved");
  return candidateView(approved);
}

/** Turns a pending candidate down; nobody else in the queue is affected. */
export async function rejectCandidate(
  backend: Backend,
  { caller, id, reason }: RejectCandidate & { caller: KeyCaller },
): Promise<Candidate> {
  const rejected = await backend.db.transaction().execute(async (trx) => {
    await lockPending(trx, { backend, id });
    const decided = await decide(trx, { ...decisionOf(backend, caller), id, action: "reject", reason });
    const facts = { hotkey: decided.hotkey };
    await recordAct(trx, backend, { by: caller, action: "candidate.reject", target: id, reason, facts });
    return decided;
  });
  backend.log.info({ candidate: id, hotkey: rejected.hotkey, by: caller.id }, "candidate rejected");
  return candidateView(rejected);
}

/** One decision at a time per competition, so that each sees the leader the one before has made. */
async function lockPending(
  trx: Trx,
  { backend, id }: { backend: Backend; id: string },
): Promise<CandidateRow> {
  const { netuid } = backend;
  const { competitionId } = found(await findCandidate(trx, id), { kind: "candidate", id, netuid });
  await lockCompetition(trx, competitionId);
  const candidate = await lockCandidate(trx, id);
  if (candidate.status !== "pending") throw notPending(candidate);
  return candidate;
}

function decisionOf(backend: Backend, { name, id: keyId }: KeyCaller) {
  return { by: name, keyId, at: nowOf(backend) };
}

async function decide(trx: Trx, decision: CandidateDecision): Promise<CandidateRow> {
  const decided = await decideCandidate(trx, decision);
  if (decided === undefined) throw notPending({ id: decision.id, status: "decided" });
  return decided;
}

function leadershipOf(backend: Backend, candidate: CandidateRow) {
  const { id: candidateId, netuid, competitionId, submissionId, hotkey, coldkey, decidedBy } = candidate;
  const identity = { netuid, competitionId, candidateId, submissionId, hotkey, coldkey };
  const approval = { approvedBy: decidedBy ?? "", approvedAt: nowOf(backend), fromBlock: blockOf(backend) };
  return { ...identity, ...approval };
}

function notPending({ id, status }: { id: string; status: string }): ApiError {
  const message = `The candidate is ${status}; only a pending one can be decided.`;
  return new ApiError({ code: "API_CANDIDATE_NOT_PENDING", id, status }, message);
}

function contested(id: string): ApiError {
  const message =
    "The validators' medians disagree about this candidate, so one person alone may not approve it.";
  return new ApiError({ code: "API_CANDIDATE_CONTESTED", id }, message);
}
