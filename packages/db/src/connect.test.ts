import { sql } from "kysely";
import { types } from "pg";
import { afterAll, expect, test, vi } from "vitest";
import { openDatabase } from "./connect.ts";
import { testDatabase } from "./test.ts";

/** A busy machine must not fail a test that waits for an event. */
const PATIENCE = { timeout: 50_000 };
vi.setConfig({ testTimeout: 60_000 });

const { db, url, close } = await testDatabase();
afterAll(close);

async function read(expression: string): Promise<unknown> {
  const { rows } = await sql<{ value: unknown }>`select ${sql.raw(expression)} as value`.execute(db);
  return rows[0]?.value;
}

test("reads rao amounts as bigint, exact up to the largest u64", async () => {
  expect(await read("18446744073709551615::numeric(20,0)")).toBe(18_446_744_073_709_551_615n);
});

test("reads counts as numbers", async () => {
  expect(await read("count(*)")).toBe(1);
});

test("reads times as dates with milliseconds", async () => {
  expect(await read("'2026-11-20T10:00:00.123Z'::timestamptz(3)")).toEqual(
    new Date("2026-11-20T10:00:00.123Z"),
  );
});

test("leaves the keys inside json alone and camel-cases columns only", async () => {
  const { rows } = await sql`select '{"max_steps": {"a_b": 1}}'::jsonb as task_config`.execute(db);
  expect(rows).toEqual([{ taskConfig: { max_steps: { a_b: 1 } } }]);
});

test("leaves the process-wide parsers of pg alone", () => {
  expect(types.getTypeParser(types.builtins.NUMERIC)("12")).toBe("12");
  expect(types.getTypeParser(types.builtins.INT8)("12")).toBe("12");
});

test("survives the loss of an idle connection and of a busy one", async () => {
  const lost: Error[] = [];
  const victim = openDatabase(url, { max: 1, onConnectionError: (error) => lost.push(error) });
  const pid = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(victim);
  await sql`select pg_terminate_backend(${pid.rows[0]?.pid})`.execute(db);
  await expect.poll(() => lost.length, PATIENCE).toBeGreaterThan(0);

  await expect(sql`select pg_terminate_backend(pg_backend_pid())`.execute(victim)).rejects.toThrow();
  await expect.poll(() => lost.length, PATIENCE).toBeGreaterThan(1);
  expect((await sql`select 1 as one`.execute(victim)).rows).toEqual([{ one: 1 }]);
  await victim.destroy();
});

test("cuts a statement that takes longer than allowed", async () => {
  const hasty = openDatabase(url, { max: 1, statementTimeoutMs: 20 });
  await expect(sql`select pg_sleep(60)`.execute(hasty)).rejects.toThrow(/statement timeout/);
  await hasty.destroy();
});
