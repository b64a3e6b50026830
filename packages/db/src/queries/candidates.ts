import type { AgentFigures, BarComparison, CandidateStatus, Decision, Page } from "@assay/core";
import type { Db, Trx } from "../connect.ts";
import { DbError } from "../errors.ts";
import { newId } from "../ids.ts";
import type { CandidateRow } from "../schema.ts";
import { jsonOrNull } from "./json.ts";
import { lockSubject } from "./lock.ts";
import { type PageOf, toPage } from "./page.ts";

export type NewCandidate = {
  netuid: number;
  competitionId: string;
  cycleId: string;
  submissionId: string;
  hotkey: string;
  coldkey: string;
  figures: AgentFigures;
  validators: number;
  stakeShare: number;
  comparison: BarComparison | null;
  contested: boolean;
  createdAt: Date;
};

/** Queues a candidate; an older pending one of the same coldkey in the competition is superseded. */
export async function insertCandidate(trx: Trx, values: NewCandidate): Promise<CandidateRow> {
  const { competitionId, coldkey, figures, comparison, ...plain } = values;
  await lockSubject(trx, `candidates/${competitionId}/${coldkey}`);
  await supersedePending(trx, { competitionId, coldkey });
  return trx
    .insertInto("candidates")
    .values({
      ...plain,
      competitionId,
      coldkey,
      id: newId("candidate"),
      status: "pending",
      figures: JSON.stringify(figures),
      comparison: jsonOrNull(comparison),
      pendingSince: values.createdAt,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

function supersedePending(
  trx: Trx,
  { competitionId, coldkey }: Pick<NewCandidate, "competitionId" | "coldkey">,
) {
  return trx
    .updateTable("candidates")
    .set({ status: "superseded", supersededBecause: "newer-submission" })
    .where("competitionId", "=", competitionId)
    .where("coldkey", "=", coldkey)
    .where("status", "=", "pending")
    .execute();
}

export type CandidateDecision = Omit<Decision, "at"> & { id: string; at: Date };

const OUTCOMES = {
  approve: { from: "pending", to: "approved" },
  reject: { from: "pending", to: "rejected" },
  revoke: { from: "approved", to: "revoked" },
} as const;

/** Records a decision; undefined if the candidate is absent or no longer in the state that the decision is about. */
export function decideCandidate(
  trx: Trx,
  { id, action, by, keyId, reason, at }: CandidateDecision,
): Promise<CandidateRow | undefined> {
  const decision = { decisionAction: action, decidedBy: by, decidedKeyId: keyId };
  return trx
    .updateTable("candidates")
    .set({ ...decision, decisionReason: reason, decidedAt: at, status: OUTCOMES[action].to })
    .where("id", "=", id)
    .where("status", "=", OUTCOMES[action].from)
    .returningAll()
    .executeTakeFirst();
}

/** A candidate; undefined if there is none of that id. */
export function findCandidate(db: Db, id: string): Promise<CandidateRow | undefined> {
  return db.selectFrom("candidates").selectAll().where("id", "=", id).executeTakeFirst();
}

/** A candidate, locked until the transaction ends so that what is checked stays true; throws DB_NOT_FOUND. */
export async function lockCandidate(trx: Trx, id: string): Promise<CandidateRow> {
  const found = await trx
    .selectFrom("candidates")
    .selectAll()
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  if (found === undefined) throw new DbError({ code: "DB_NOT_FOUND", table: "candidates", id });
  return found;
}

export type CandidateFilter = PageOf & {
  netuid: number;
  competitionId?: string | null | undefined;
  status?: CandidateStatus | null | undefined;
  hotkey?: string | null | undefined;
  coldkey?: string | null | undefined;
  contested?: boolean | null | undefined;
  /** Pending since before that moment. */
  pendingBefore?: Date | null | undefined;
};

/** Candidates of a subnet, oldest first; the cursor is the id of the page's last one. */
export async function listCandidates(db: Db, filter: CandidateFilter): Promise<Page<CandidateRow>> {
  const { netuid, competitionId, status, hotkey, coldkey, contested, pendingBefore, limit, cursor } = filter;
  let query = db.selectFrom("candidates").selectAll().where("netuid", "=", netuid);
  if (competitionId != null) query = query.where("competitionId", "=", competitionId);
  if (status != null) query = query.where("status", "=", status);
  if (hotkey != null) query = query.where("hotkey", "=", hotkey);
  if (coldkey != null) query = query.where("coldkey", "=", coldkey);
  if (contested != null) query = query.where("contested", "=", contested);
  if (pendingBefore != null)
    query = query.where("status", "=", "pending").where("pendingSince", "<=", pendingBefore);
  if (cursor != null) query = query.where("id", ">", cursor);
  const rows = await query
    .orderBy("id")
    .limit(limit + 1)
    .execute();
  return toPage(rows, { limit, cursorOf: (row) => row.id });
}

/** The newest candidate a submission has become; undefined if it never was one. */
export function latestCandidateOf(db: Db, submissionId: string): Promise<CandidateRow | undefined> {
  return db
    .selectFrom("candidates")
    .selectAll()
    .where("submissionId", "=", submissionId)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
}
