import { sql } from "kysely";
import { afterAll, expect, test } from "vitest";
import { ensureDuty, isTransient, violatedConstraint } from "./index.ts";
import { testDatabase } from "./test.ts";
import { at, inside } from "./testing/rows.ts";

const { db, close } = await testDatabase();
afterAll(close);

const touch = (name: string) => sql`update duties set fence = fence + 1 where name = ${name}`;

test("a deadlock is transient, and its loser may simply run again", async () => {
  for (const name of ["a", "b"]) await ensureDuty(db, { netuid: 1, name, dueAt: at(0) });
  const bothHold = Promise.withResolvers<void>();
  let holding = 0;
  const crossed = (first: string, second: string) =>
    inside(db, async (trx) => {
      await touch(first).execute(trx);
      if (++holding === 2) bothHold.resolve();
      await bothHold.promise;
      await touch(second).execute(trx);
    });
  const outcomes = await Promise.allSettled([crossed("a", "b"), crossed("b", "a")]);
  const reasons = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
  expect(reasons.map(isTransient)).toEqual([true]);
});

test("a broken constraint is not transient and is named", async () => {
  const insert = sql`insert into duties values (1, 'c', now(), null, -1)`.execute(db);
  const error = await insert.catch((reason: unknown) => reason);
  expect(isTransient(error)).toBe(false);
  expect(violatedConstraint(error)).toBe("duties_fence_check");
});

test("an error that is not Postgres' own has no constraint", () => {
  expect(violatedConstraint(new Error("x"))).toBeUndefined();
  expect(violatedConstraint("x")).toBeUndefined();
  expect(isTransient(undefined)).toBe(false);
});
