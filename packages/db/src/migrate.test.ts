import { afterAll, expect, test } from "vitest";
import { migrate } from "./migrate.ts";
import { testDatabase } from "./test.ts";

const { db, close } = await testDatabase();
afterAll(close);

test("a database copied from the template needs no migration", async () => {
  expect(await migrate(db)).toEqual([]);
});
