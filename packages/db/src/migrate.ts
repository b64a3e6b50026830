import { sql } from "kysely";
import { type MigrationResultSet, Migrator } from "kysely/migration";
import type { Db } from "./connect.ts";
import { DbError } from "./errors.ts";
import { migrations } from "./migrations/index.ts";

/**
 * Brings the schema up to this version and returns the migrations it ran.
 *
 * Replicas may all call it: the migrator holds a lock, and each migration is one transaction.
 */
export async function migrate(db: Db): Promise<string[]> {
  await refuseNewerSchema(db);
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  return outcome(await migrator.migrateToLatest());
}

/** A process of an older release must not write to tables it does not know. */
async function refuseNewerSchema(db: Db): Promise<void> {
  const table = await sql<{
    name: string | null;
  }>`select to_regclass('kysely_migration')::text as name`.execute(db);
  if (table.rows[0]?.name == null) return;
  const applied = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  const unknown = applied.rows.find(({ name }) => !Object.hasOwn(migrations, name));
  if (unknown !== undefined) throw new DbError({ code: "DB_SCHEMA_NEWER", migration: unknown.name });
}

function outcome({ error, results = [] }: MigrationResultSet): string[] {
  if (error === undefined) return results.map(({ migrationName }) => migrationName);
  const failed = results.find(({ status }) => status === "Error")?.migrationName ?? "before the first";
  throw new DbError({ code: "DB_MIGRATION_FAILED", migration: failed }, undefined, { cause: error });
}
