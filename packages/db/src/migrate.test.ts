import { sql } from "kysely";
import { afterAll, expect, test } from "vitest";
import { openDatabase } from "./connect.ts";
import { migrate } from "./migrate.ts";
import { migrations } from "./migrations/index.ts";
import { testDatabase } from "./test.ts";
import { databaseUrl } from "./test-server.ts";

const { db, url, close } = await testDatabase();
afterAll(close);

const EVERY = Object.keys(migrations);

test("an empty database gets every migration, once, however many replicas start together", async () => {
  const name = `${new URL(url).pathname.slice(1)}_empty`;
  await sql`create database ${sql.id(name)}`.execute(db);
  const replicas = [1, 2, 3].map(() => openDatabase(databaseUrl(url, name)));
  const applied = await Promise.all(replicas.map((replica) => migrate(replica)));
  await Promise.all(replicas.map((replica) => replica.destroy()));
  await sql`drop database ${sql.id(name)}`.execute(db);
  expect(applied.flat()).toEqual(EVERY);
});

/** The lock of the migrator that this package uses. */
const MIGRATION_LOCK = 3_853_314_791_062_309_107n;

test("a replica waits for one that migrates, however long a statement may take elsewhere", async () => {
  const hasty = openDatabase(url, { max: 1, statementTimeoutMs: 1_000 });
  const waitsLonger = async () => {
    const waiting = sql`select from pg_locks join pg_stat_activity using (pid)
      where locktype = 'advisory' and not granted and datname = current_database()
      and query_start < clock_timestamp() - interval '1 second'`;
    return (await waiting.execute(db)).rows.length;
  };
  const waiting = await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${sql.lit(String(MIGRATION_LOCK))}::bigint)`.execute(trx);
    const migrated = migrate(hasty);
    await expect.poll(waitsLonger, { timeout: 50_000 }).toBe(1);
    return { migrated };
  });
  expect(await waiting.migrated).toEqual([]);
  const { rows } = await sql`show statement_timeout`.execute(hasty);
  expect(rows).toEqual([{ statementTimeout: "1s" }]);
  await hasty.destroy();
});

test("a second run changes nothing", async () => {
  expect(await migrate(db)).toEqual([]);
});

test("no column is a bigint, because drivers disagree on how to return one", async () => {
  const { rows } = await sql`
    select table_name, column_name from information_schema.columns
    where table_schema = 'public' and table_name !~ '^kysely' and data_type = 'bigint'`.execute(db);
  expect(rows).toEqual([]);
});

test("every table starts with its netuid", async () => {
  const { rows } = await sql<{ name: string; first: string }>`
    select c.relname as name, a.attname as first from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum = 1
    where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and c.relname !~ '^kysely'`.execute(
    db,
  );
  expect(rows.length).toBeGreaterThan(14);
  expect(rows.filter(({ first }) => first !== "netuid")).toEqual([]);
});

test("a schema newer than this release is refused and left as it is", async () => {
  await sql`insert into kysely_migration (name, timestamp) values ('9999-later', '2030-01-01')`.execute(db);
  await expect(migrate(db)).rejects.toMatchObject({
    code: "DB_SCHEMA_NEWER",
    facts: { migration: "9999-later" },
  });
});
