import type { KeyCaller, QueuedCandidate } from "@assay/api";
import type { ApproveCandidate, RejectCandidate } from "@assay/core";
import {
  type CandidateDecision,
  type CandidateRow,
  decideCandidate,
  replaceLeader,
  type Trx,
} from "@assay/db";
import { recordAct } from "../audit/act.ts";
import { type Backend, blockOf, nowOf } from "../backend.ts";
import { writeSnapshot } from "../snapshots/write.ts";
import { assertFourEyes } from "./four-eyes.ts";
import { assertImpartial, ownerOf } from "./impartial.ts";
import { lockPending, notPending } from "./lock.ts";
import { idsOf, moveBar } from "./queue.ts";
import { assertStillStands } from "./standing.ts";
import { candidateView } from "./view.ts";

/** Makes a pending candidate the leader: decision, leader, queue, snapshot and audit row in one transaction. */
export async function approveCandidate(
  backend: Backend,
  { caller, id, reason = null }: ApproveCandidate & { caller: KeyCaller },
): Promise<QueuedCandidate> {
  const approved = await backend.db.transaction().execute(async (trx) => {
    const recommendedBy = await assertMayApprove(trx, { backend, caller, id });
    const row = await decide(trx, { ...decisionOf(backend, caller), id, action: "approve", reason });
    const { competitionId, hotkey } = row;
    const { leader, previous } = await replaceLeader(trx, leadershipOf(backend, row));
    const superseded = idsOf(await moveBar(trx, { backend, competitionId, leader }));
    const { version } = await writeSnapshot(trx, backend);
    const change = { hotkey, replaced: previous?.hotkey ?? null, superseded, snapshot: version };
    const facts = { ...change, recommendedBy };
    await recordAct(trx, backend, { by: caller, action: "candidate.approve", target: id, reason, facts });
    return candidateView(trx, { backend, row });
  });
  backend.trace("snapshot-committed");
  backend.log.info({ candidate: id, hotkey: approved.hotkey, by: caller.id }, "candidate approved");
  return approved;
}

/** Checks candidate and approver once more, in the transaction that decides; returns who recommended it. */
async function assertMayApprove(
  trx: Trx,
  { backend, caller, id }: { backend: Backend; caller: KeyCaller; id: string },
): Promise<string[]> {
  const { candidate, competition } = await lockPending(trx, { backend, id });
  const owner = await ownerOf(trx, caller);
  await assertStillStands(trx, { backend, candidate, competition });
  await assertImpartial(trx, { backend, candidate, owner });
  return assertFourEyes(trx, { backend, candidate, competition, owner });
}

/** Turns a pending candidate down; nobody else in the queue is affected. */
export async function rejectCandidate(
  backend: Backend,
  { caller, id, reason }: RejectCandidate & { caller: KeyCaller },
): Promise<QueuedCandidate> {
  const rejected = await backend.db.transaction().execute(async (trx) => {
    await lockPending(trx, { backend, id });
    const row = await decide(trx, { ...decisionOf(backend, caller), id, action: "reject", reason });
    const facts = { hotkey: row.hotkey };
    await recordAct(trx, backend, { by: caller, action: "candidate.reject", target: id, reason, facts });
    return candidateView(trx, { backend, row });
  });
  backend.log.info({ candidate: id, hotkey: rejected.hotkey, by: caller.id }, "candidate rejected");
  return rejected;
}

/** Who decides, and when. */
export function decisionOf(backend: Backend, { name, id: keyId }: KeyCaller) {
  return { by: name, keyId, at: nowOf(backend) };
}

/** Records a decision about a candidate that is locked. */
export async function decide(trx: Trx, decision: CandidateDecision): Promise<CandidateRow> {
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
