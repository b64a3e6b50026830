import type { Db, Trx } from "../connect.ts";
import type { CompetitionRow } from "../schema.ts";

type Editable = Pick<
  CompetitionRow,
  "name" | "points" | "cycleBlocks" | "fourEyes" | "startBlock" | "endBlock"
>;

/** Changes a competition; undefined if there is none of that id. */
export function updateCompetition(
  trx: Trx,
  { id, changes }: { id: string; changes: Partial<Editable> },
): Promise<CompetitionRow | undefined> {
  return trx.updateTable("competitions").set(changes).where("id", "=", id).returningAll().executeTakeFirst();
}

/** Competitions of a subnet whose start or end has come at a block, in the order of their ids. */
export function listDueCompetitions(
  db: Db,
  { netuid, block }: { netuid: number; block: number },
): Promise<CompetitionRow[]> {
  return db
    .selectFrom("competitions")
    .selectAll()
    .where("netuid", "=", netuid)
    .where((is) =>
      is.or([
        is.and([is("status", "=", "scheduled"), is("startBlock", "<=", block)]),
        is.and([is("status", "in", ["scheduled", "open", "paused"]), is("endBlock", "<=", block)]),
      ]),
    )
    .orderBy("id")
    .execute();
}

/** Takes everything that waits or is evaluated out of a competition; returns how many submissions it concerns. */
export async function dropEntrants(
  trx: Trx,
  { competitionId, explanation, at }: { competitionId: string; explanation: string; at: Date },
): Promise<number> {
  await trx
    .updateTable("jobs")
    .set({ status: "cancelled", finishedAt: at, leasedUntil: null })
    .where("competitionId", "=", competitionId)
    .where("status", "in", ["open", "leased"])
    .execute();
  const { numUpdatedRows } = await trx
    .updateTable("submissions")
    .set({ status: "unscored", explanation })
    .where("competitionId", "=", competitionId)
    .where("status", "in", ["waiting", "evaluating"])
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Takes what an address has waiting out of the queue for the next cycles; returns how many submissions it concerns. */
export async function dropWaitingOf(
  trx: Trx,
  { netuid, address, explanation }: { netuid: number; address: string; explanation: string },
): Promise<number> {
  const { numUpdatedRows } = await trx
    .updateTable("submissions")
    .set({ status: "unscored", explanation })
    .where("netuid", "=", netuid)
    .where("status", "=", "waiting")
    .where((is) => is.or([is("hotkey", "=", address), is("coldkey", "=", address)]))
    .executeTakeFirst();
  return Number(numUpdatedRows);
}
