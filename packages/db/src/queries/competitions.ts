import type { CreateCompetition, Page } from "@assay/core";
import type { Db, Trx } from "../connect.ts";
import { DbError } from "../errors.ts";
import { newId } from "../ids.ts";
import type { CompetitionRow, CompetitionsTable } from "../schema.ts";
import { type PageOf, toPage } from "./page.ts";
import { insertThresholds } from "./thresholds.ts";

export type NewCompetition = CreateCompetition & { netuid: number; createdAt: Date; createdAtBlock: number };

/** Stores a competition, open unless it starts later, with the first version of its thresholds. */
export async function insertCompetition(trx: Trx, values: NewCompetition): Promise<CompetitionRow> {
  const { thresholds, taskConfig, evaluator, ...plain } = values;
  const competition = await trx
    .insertInto("competitions")
    .values({
      ...plain,
      id: newId("competition"),
      taskConfig: JSON.stringify(taskConfig),
      evaluator: JSON.stringify(evaluator),
      thresholdsVersion: 1,
      fourEyes: values.fourEyes ?? false,
      startBlock: values.startBlock ?? null,
      endBlock: values.endBlock ?? null,
      status: (values.startBlock ?? 0) > values.createdAtBlock ? "scheduled" : "open",
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  const { netuid, createdAt } = values;
  await insertThresholds(trx, {
    netuid,
    competitionId: competition.id,
    version: 1,
    createdAt,
    ...thresholds,
  });
  return competition;
}

/** Competitions of a subnet, oldest first; of one status if given. */
export function listCompetitions(
  db: Db,
  { netuid, status }: { netuid: number; status?: CompetitionsTable["status"] },
): Promise<CompetitionRow[]> {
  return db
    .selectFrom("competitions")
    .selectAll()
    .where("netuid", "=", netuid)
    .$if(status !== undefined, (query) => query.where("status", "=", status ?? "open"))
    .orderBy("id")
    .execute();
}

/** A competition; undefined if there is none of that id. */
export function findCompetition(db: Db, id: string): Promise<CompetitionRow | undefined> {
  return db.selectFrom("competitions").selectAll().where("id", "=", id).executeTakeFirst();
}

/** A competition; throws DB_NOT_FOUND. */
export async function getCompetition(db: Db, id: string): Promise<CompetitionRow> {
  const found = await findCompetition(db, id);
  if (found === undefined) throw new DbError({ code: "DB_NOT_FOUND", table: "competitions", id });
  return found;
}

/** Moves a competition from one status to another; undefined if it was not in the first. */
export function moveCompetition(
  trx: Trx,
  { id, from, to }: { id: string; from: CompetitionsTable["status"]; to: CompetitionsTable["status"] },
): Promise<CompetitionRow | undefined> {
  return trx
    .updateTable("competitions")
    .set({ status: to })
    .where("id", "=", id)
    .where("status", "=", from)
    .returningAll()
    .executeTakeFirst();
}

/** One page of a subnet's competitions, oldest first, archived ones only if asked for; the cursor is the id of the page's last one. */
export async function pageCompetitions(
  db: Db,
  {
    netuid,
    status,
    limit,
    cursor,
  }: PageOf & { netuid: number; status?: CompetitionsTable["status"] | null | undefined },
): Promise<Page<CompetitionRow>> {
  const all = db.selectFrom("competitions").selectAll().where("netuid", "=", netuid);
  let query = status == null ? all.where("status", "<>", "archived") : all.where("status", "=", status);
  if (cursor != null) query = query.where("id", ">", cursor);
  const rows = await query
    .orderBy("id")
    .limit(limit + 1)
    .execute();
  return toPage(rows, { limit, cursorOf: (row) => row.id });
}

/** Makes everything that decides who leads a competition wait for this transaction; throws DB_NOT_FOUND. */
export async function lockCompetition(trx: Trx, id: string): Promise<CompetitionRow> {
  const found = await trx
    .selectFrom("competitions")
    .selectAll()
    .where("id", "=", id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (found === undefined) throw new DbError({ code: "DB_NOT_FOUND", table: "competitions", id });
  return found;
}
