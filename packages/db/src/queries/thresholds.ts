import type { Thresholds } from "@assay/core";
import type { Db, Trx } from "../connect.ts";
import { DbError } from "../errors.ts";
import type { ThresholdsRow } from "../schema.ts";

type NewThresholds = Thresholds & { netuid: number; competitionId: string; version: number; createdAt: Date };

/** Stores one version of a competition's thresholds. */
export function insertThresholds(trx: Trx, values: NewThresholds): Promise<ThresholdsRow> {
  return trx.insertInto("thresholds").values(values).returningAll().executeTakeFirstOrThrow();
}

/** Puts new thresholds in force; undefined if they do not follow `basedOn`, the version their author saw. */
export async function reviseThresholds(
  trx: Trx,
  { competitionId, basedOn, thresholds, createdAt }: ThresholdsRevision,
): Promise<ThresholdsRow | undefined> {
  const version = basedOn + 1;
  const competition = await trx
    .updateTable("competitions")
    .set({ thresholdsVersion: version })
    .where("id", "=", competitionId)
    .where("thresholdsVersion", "=", basedOn)
    .returning("netuid")
    .executeTakeFirst();
  if (competition === undefined) return undefined;
  return insertThresholds(trx, { ...competition, competitionId, version, createdAt, ...thresholds });
}

export type ThresholdsRevision = {
  competitionId: string;
  basedOn: number;
  thresholds: Thresholds;
  createdAt: Date;
};

/** The thresholds of one version; throws DB_NOT_FOUND. */
export async function getThresholds(
  db: Db,
  { competitionId, version }: { competitionId: string; version: number },
): Promise<ThresholdsRow> {
  const found = await db
    .selectFrom("thresholds")
    .selectAll()
    .where("competitionId", "=", competitionId)
    .where("version", "=", version)
    .executeTakeFirst();
  const id = `${competitionId} version ${version}`;
  if (found === undefined) throw new DbError({ code: "DB_NOT_FOUND", table: "thresholds", id });
  return found;
}

/** Every version of a competition's thresholds, oldest first. */
export function listThresholds(db: Db, competitionId: string): Promise<ThresholdsRow[]> {
  return db
    .selectFrom("thresholds")
    .selectAll()
    .where("competitionId", "=", competitionId)
    .orderBy("version")
    .execute();
}

/** The thresholds in force of several competitions, in one read. */
export async function listThresholdsInForce(
  db: Db,
  competitionIds: readonly string[],
): Promise<ThresholdsRow[]> {
  if (competitionIds.length === 0) return [];
  return db
    .selectFrom("thresholds")
    .innerJoin("competitions", (join) =>
      join
        .onRef("competitions.id", "=", "thresholds.competitionId")
        .onRef("competitions.thresholdsVersion", "=", "thresholds.version"),
    )
    .selectAll("thresholds")
    .where("competitions.id", "in", competitionIds)
    .execute();
}
