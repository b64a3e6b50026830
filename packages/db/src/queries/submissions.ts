import type { AgentFailure, AgentFigures, Page, SubmissionStatus } from "@assay/core";
import type { Db, Trx } from "../connect.ts";
import { DbError } from "../errors.ts";
import { newId } from "../ids.ts";
import type { SubmissionRow } from "../schema.ts";
import { jsonOrNull } from "./json.ts";
import { lockSubject } from "./lock.ts";
import { type PageOf, toPage } from "./page.ts";

export type NewSubmission = {
  netuid: number;
  competitionId: string;
  hotkey: string;
  coldkey: string;
  sha256: string;
  sizeBytes: number;
  acceptedAt: Date;
  acceptedAtBlock: number;
};

/** `repeated`: this hotkey sent these bytes before; `taken`: another hotkey did. Both give the first submission. */
export type SubmissionOutcome = {
  outcome: "accepted" | "repeated" | "taken";
  submission: SubmissionRow;
  /** The coldkey's earlier submission that waited and that this one replaces. */
  replaced: SubmissionRow | undefined;
};

/** Stores a submission once; a coldkey's earlier waiting one in the same competition gives way. */
export async function insertSubmission(trx: Trx, values: NewSubmission): Promise<SubmissionOutcome> {
  await lockSubject(trx, `content/${values.netuid}/${values.sha256}`);
  const first = await findSubmissionByContent(trx, values);
  if (first !== undefined) return seenBefore(first, values.hotkey);
  const replaced = await replaceWaiting(trx, values);
  const submission = await trx
    .insertInto("submissions")
    .values({
      ...values,
      id: newId("submission"),
      status: "waiting",
      explanation: "waits for its cycle to close",
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return { outcome: "accepted", submission, replaced };
}

function seenBefore(submission: SubmissionRow, hotkey: string): SubmissionOutcome {
  const outcome = submission.hotkey === hotkey ? "repeated" : "taken";
  return { outcome, submission, replaced: undefined };
}

/** Two submissions of one coldkey would not see each other without the lock, and the second would be refused. */
async function replaceWaiting(
  trx: Trx,
  { competitionId, coldkey }: NewSubmission,
): Promise<SubmissionRow | undefined> {
  await lockSubject(trx, `waiting/${competitionId}/${coldkey}`);
  return trx
    .updateTable("submissions")
    .set({ status: "unscored", explanation: "replaced by a newer submission of the same coldkey" })
    .where("competitionId", "=", competitionId)
    .where("coldkey", "=", coldkey)
    .where("status", "=", "waiting")
    .returningAll()
    .executeTakeFirst();
}

/** The submission that owns a content hash on a subnet. */
export function findSubmissionByContent(
  db: Db,
  { netuid, sha256 }: { netuid: number; sha256: string },
): Promise<SubmissionRow | undefined> {
  return db
    .selectFrom("submissions")
    .selectAll()
    .where("netuid", "=", netuid)
    .where("sha256", "=", sha256)
    .executeTakeFirst();
}

/** A submission; undefined if there is none of that id. */
export function findSubmission(db: Db, id: string): Promise<SubmissionRow | undefined> {
  return db.selectFrom("submissions").selectAll().where("id", "=", id).executeTakeFirst();
}

/** A submission; throws DB_NOT_FOUND. */
export async function getSubmission(db: Db, id: string): Promise<SubmissionRow> {
  const found = await findSubmission(db, id);
  if (found === undefined) throw new DbError({ code: "DB_NOT_FOUND", table: "submissions", id });
  return found;
}

export type SubmissionFilter = PageOf & {
  netuid: number;
  competitionId?: string | null | undefined;
  hotkey?: string | null | undefined;
  status?: SubmissionStatus | null | undefined;
};

/** Submissions of a subnet, newest first; the cursor is the sequence of the page's last one. */
export async function listSubmissions(db: Db, filter: SubmissionFilter): Promise<Page<SubmissionRow>> {
  const { netuid, competitionId, hotkey, status, limit, cursor } = filter;
  let query = db.selectFrom("submissions").selectAll().where("netuid", "=", netuid);
  if (competitionId != null) query = query.where("competitionId", "=", competitionId);
  if (hotkey != null) query = query.where("hotkey", "=", hotkey);
  if (status != null) query = query.where("status", "=", status);
  if (cursor != null) query = query.where("sequence", "<", Number(cursor));
  const rows = await query
    .orderBy("sequence", "desc")
    .limit(limit + 1)
    .execute();
  return toPage(rows, { limit, cursorOf: (row) => String(row.sequence) });
}

/** The submission that has waited longest in a competition; undefined if none waits. */
export function findFirstWaiting(db: Db, competitionId: string): Promise<SubmissionRow | undefined> {
  return db
    .selectFrom("submissions")
    .selectAll()
    .where("competitionId", "=", competitionId)
    .where("status", "=", "waiting")
    .orderBy("sequence")
    .limit(1)
    .executeTakeFirst();
}

/** Submissions that one cycle judges, in order of acceptance. */
export function listSubmissionsOfCycle(db: Db, cycleId: string): Promise<SubmissionRow[]> {
  return db
    .selectFrom("submissions")
    .selectAll()
    .where("cycleId", "=", cycleId)
    .orderBy("sequence")
    .execute();
}

/** Hands every waiting submission of a competition to the cycle that has just closed, in order of acceptance. */
export async function collectSubmissions(
  trx: Trx,
  { competitionId, cycleId }: { competitionId: string; cycleId: string },
): Promise<SubmissionRow[]> {
  const collected = await trx
    .updateTable("submissions")
    .set({ status: "evaluating", cycleId, explanation: "is being evaluated" })
    .where("competitionId", "=", competitionId)
    .where("status", "=", "waiting")
    .returningAll()
    .execute();
  return collected.sort((a, b) => a.sequence - b.sequence);
}

/** Tells the miners of submissions that are being evaluated how it goes. */
export async function explainEvaluation(
  trx: Trx,
  { ids, explanation }: { ids: readonly string[]; explanation: string },
): Promise<void> {
  await trx
    .updateTable("submissions")
    .set({ explanation })
    .where("id", "in", ids)
    .where("status", "=", "evaluating")
    .execute();
}

export type SubmissionVerdict = {
  id: string;
  status: Exclude<SubmissionStatus, "waiting" | "evaluating">;
  figures: AgentFigures | null;
  failure: AgentFailure | null;
  explanation: string;
};

/** Records what a cycle found; undefined if the submission is not being evaluated. */
export function setSubmissionVerdict(
  trx: Trx,
  { id, status, figures, failure, explanation }: SubmissionVerdict,
): Promise<SubmissionRow | undefined> {
  return trx
    .updateTable("submissions")
    .set({ status, explanation, figures: jsonOrNull(figures), failure: jsonOrNull(failure) })
    .where("id", "=", id)
    .where("status", "=", "evaluating")
    .returningAll()
    .executeTakeFirst();
}

/**
 * Lets a submission wait for another cycle because the one that ran it can no longer judge it; undefined if its coldkey
 * has a newer one waiting by now.
 */
export async function returnSubmission(
  trx: Trx,
  { id, competitionId, coldkey }: Pick<SubmissionRow, "id" | "competitionId" | "coldkey">,
): Promise<SubmissionRow | undefined> {
  await lockSubject(trx, `waiting/${competitionId}/${coldkey}`);
  return trx
    .updateTable("submissions")
    .set({
      status: "waiting",
      cycleId: null,
      explanation: "waits for another cycle, in which it runs beside whoever leads then",
    })
    .where("id", "=", id)
    .where("status", "=", "evaluating")
    .where((is) =>
      is.not(
        is.exists(
          is
            .selectFrom("submissions as newer")
            .select("newer.id")
            .where("newer.competitionId", "=", competitionId)
            .where("newer.coldkey", "=", coldkey)
            .where("newer.status", "=", "waiting"),
        ),
      ),
    )
    .returningAll()
    .executeTakeFirst();
}

/**
 * Lets a submission that has been judged wait for another cycle, what is known of it forgotten; undefined if it is not
 * at its end, or its coldkey has another one waiting.
 */
export async function rerunSubmission(
  trx: Trx,
  {
    id,
    competitionId,
    coldkey,
    explanation,
  }: Pick<SubmissionRow, "id" | "competitionId" | "coldkey" | "explanation">,
): Promise<SubmissionRow | undefined> {
  await lockSubject(trx, `waiting/${competitionId}/${coldkey}`);
  if (await hasWaiting(trx, { competitionId, coldkey })) return undefined;
  return trx
    .updateTable("submissions")
    .set({ status: "waiting", cycleId: null, figures: null, failure: null, explanation })
    .where("id", "=", id)
    .where("status", "in", ["unscored", "ineligible", "below-bar", "candidate"])
    .returningAll()
    .executeTakeFirst();
}

async function hasWaiting(
  trx: Trx,
  { competitionId, coldkey }: Pick<SubmissionRow, "competitionId" | "coldkey">,
): Promise<boolean> {
  const waiting = await trx
    .selectFrom("submissions")
    .select("id")
    .where("competitionId", "=", competitionId)
    .where("coldkey", "=", coldkey)
    .where("status", "=", "waiting")
    .executeTakeFirst();
  return waiting !== undefined;
}
