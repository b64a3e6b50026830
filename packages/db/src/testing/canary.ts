import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import type { Db } from "../connect.ts";

/** Gives every table a column that no answer should have, and returns what stands in it in every row. */
export async function addCanaries(db: Db): Promise<string> {
  const canary = `canary-${randomBytes(8).toString("hex")}`;
  for (const { name } of await db.introspection.getTables()) {
    const column = sql`alter table ${sql.table(name)} add column canary text not null default ${sql.lit(canary)}`;
    // A partition has the column of its whole already.
    await sql`${column}`.execute(db).catch((error: { code?: string }) => {
      if (error.code !== "42701") throw error;
    });
  }
  return canary;
}
