import type { BarComparison } from "@assay/core";
import type { Db, Trx } from "../connect.ts";
import type { CandidateRow, SupersededBecause } from "../schema.ts";
import { jsonOrNull } from "./json.ts";

type Standing = { id: string; comparison: BarComparison | null; contested: boolean };

/** Takes pending candidates out of the queue; those already decided stay. `by` is the leading candidate, if one is the cause. */
export async function supersedeCandidates(
  trx: Trx,
  {
    competitionId,
    ids,
    because = "bar-moved",
    by = null,
  }: { competitionId: string; ids: readonly string[]; because?: SupersededBecause; by?: string | null },
): Promise<CandidateRow[]> {
  if (ids.length === 0) return [];
  return trx
    .updateTable("candidates")
    .set({ status: "superseded", supersededBecause: because, supersededBy: by })
    .where("competitionId", "=", competitionId)
    .where("status", "=", "pending")
    .where("id", "in", ids)
    .returningAll()
    .execute();
}

/** Lets another leader be the one whose bar superseded candidates are not known to be over. */
export async function supersedeAnew(
  trx: Trx,
  { ids, by }: { ids: readonly string[]; by: string },
): Promise<void> {
  if (ids.length === 0) return;
  await trx
    .updateTable("candidates")
    .set({ supersededBy: by })
    .where("supersededBecause", "=", "bar-moved")
    .where("id", "in", ids)
    .execute();
}

/**
 * Puts a candidate back that a bar had passed, as it stands against whoever leads now; undefined if its coldkey has a
 * newer one pending, or it is not superseded by a bar.
 */
export async function requeueCandidate(
  trx: Trx,
  { id, comparison, contested, at }: Standing & { at: Date },
): Promise<CandidateRow | undefined> {
  return trx
    .updateTable("candidates")
    .set({
      status: "pending",
      supersededBecause: null,
      supersededBy: null,
      comparison: jsonOrNull(comparison),
      contested,
      pendingSince: at,
      overdueSince: null,
    })
    .where("id", "=", id)
    .where("supersededBecause", "=", "bar-moved")
    .where((is) =>
      is.not(
        is.exists(
          is
            .selectFrom("candidates as other")
            .select("other.id")
            .whereRef("other.competitionId", "=", "candidates.competitionId")
            .whereRef("other.coldkey", "=", "candidates.coldkey")
            .where("other.status", "=", "pending"),
        ),
      ),
    )
    .returningAll()
    .executeTakeFirst();
}

/** Candidates that the bar of a leading one has passed, newest first, so that a coldkey's newest returns first. */
export function listSupersededBy(db: Db, candidateId: string): Promise<CandidateRow[]> {
  return db
    .selectFrom("candidates")
    .selectAll()
    .where("supersededBy", "=", candidateId)
    .where("supersededBecause", "=", "bar-moved")
    .orderBy("id", "desc")
    .execute();
}

/** Candidates of one competition still awaiting a decision, oldest first. */
export function listPendingCandidates(db: Db, competitionId: string): Promise<CandidateRow[]> {
  return db
    .selectFrom("candidates")
    .selectAll()
    .where("competitionId", "=", competitionId)
    .where("status", "=", "pending")
    .orderBy("id")
    .execute();
}

/** Holds a pending candidate against whoever leads now; undefined if it is no longer pending. */
export function compareAnew(
  trx: Trx,
  { id, comparison, contested }: Standing,
): Promise<CandidateRow | undefined> {
  return trx
    .updateTable("candidates")
    .set({ comparison: jsonOrNull(comparison), contested })
    .where("id", "=", id)
    .where("status", "=", "pending")
    .returningAll()
    .executeTakeFirst();
}

/** Pending candidates that joined the queue before a moment and of whom nobody has been told yet; marks them as told. */
export function markOverdue(
  trx: Trx,
  { netuid, since, at }: { netuid: number; since: Date; at: Date },
): Promise<CandidateRow[]> {
  return trx
    .updateTable("candidates")
    .set({ overdueSince: at })
    .where("netuid", "=", netuid)
    .where("status", "=", "pending")
    .where("pendingSince", "<=", since)
    .where("overdueSince", "is", null)
    .returningAll()
    .execute();
}

/** How many candidates wait for a decision, and how many of them since before a moment. */
export async function countPending(
  db: Db,
  { netuid, since }: { netuid: number; since: Date },
): Promise<{ pending: number; overdue: number }> {
  return db
    .selectFrom("candidates")
    .where("netuid", "=", netuid)
    .where("status", "=", "pending")
    .select((of) => [
      of.fn.countAll<number>().as("pending"),
      of.fn.countAll<number>().filterWhere("pendingSince", "<=", since).as("overdue"),
    ])
    .executeTakeFirstOrThrow();
}
