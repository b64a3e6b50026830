import { sql } from "kysely";
import type { Db } from "../connect.ts";

/** A fingerprint of every table's rows, by table: equal before and after whatever has changed nothing. */
export async function contentOf(db: Db): Promise<Record<string, string>> {
  const tables = await db.introspection.getTables();
  const prints = tables.map(
    ({ name }) => sql`
      select ${name}::text as name, coalesce(md5(string_agg(line, '' order by line)), 'empty') as print
      from (select t::text as line from ${sql.table(name)} t) lines`,
  );
  const query = sql<{ name: string; print: string }>`${sql.join(prints, sql` union all `)}`;
  const { rows } = await query.execute(db);
  return Object.fromEntries(rows.map(({ name, print }) => [name, print]));
}
