import type { Db, Trx } from "../connect.ts";
import type { SubmissionRow } from "../schema.ts";
import { lockSubject } from "./lock.ts";

type Author = { netuid: number; coldkey: string };

/** Lets one submission of a coldkey wait for the other, so that none is missed when they are counted. */
export function lockAuthor(trx: Trx, { netuid, coldkey }: Author): Promise<void> {
  return lockSubject(trx, `author/${netuid}/${coldkey}`);
}

/** Submissions of a coldkey accepted after a block, newest first; withdrawn ones count, or quotas would not. */
export function listRecentSubmissions(
  db: Db,
  { netuid, coldkey, afterBlock }: Author & { afterBlock: number },
): Promise<Pick<SubmissionRow, "id" | "competitionId" | "acceptedAtBlock">[]> {
  return db
    .selectFrom("submissions")
    .select(["id", "competitionId", "acceptedAtBlock"])
    .where("netuid", "=", netuid)
    .where("coldkey", "=", coldkey)
    .where("acceptedAtBlock", ">", afterBlock)
    .orderBy("sequence", "desc")
    .execute();
}

/** Takes a submission back that no cycle has taken up yet; undefined if one has. */
export function withdrawSubmission(trx: Trx, id: string): Promise<SubmissionRow | undefined> {
  return trx
    .updateTable("submissions")
    .set({ status: "withdrawn", explanation: "withdrawn by its author" })
    .where("id", "=", id)
    .where("status", "=", "waiting")
    .returningAll()
    .executeTakeFirst();
}
