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
export function migrate(db: Db): Promise<string[]> {
  return patiently(db, async (own) => {
    await refuseNewerSchema(own);
    const migrator = new Migrator({ db: own, provider: { getMigrations: async () => migrations } });
    return outcome(await migrator.migrateToLatest());
  });
}

/** Works on one connection without a time limit: a migration of much data, and waiting for one, take as long as they take. */
function patiently<Result>(db: Db, work: (own: Db) => Promise<Result>): Promise<Result> {
  return db.connection().execute(async (own) => {
    await sql`set statement_timeout = 0`.execute(own);
    try {
      return await work(own);
    } finally {
      await sql`reset statement_timeout`.execute(own);
    }
  });
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
