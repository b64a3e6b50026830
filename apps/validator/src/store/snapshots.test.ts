import { DatabaseSync } from "node:sqlite";
import { beforeEach, expect, test } from "vitest";
import { aKeptSnapshot, IDENTITY } from "../testing/journal-rows.ts";
import { createTables } from "./schema.ts";
import { findConflict, findKeptSnapshot, keepConflict, keepSnapshot } from "./snapshots.ts";

let db: DatabaseSync;
beforeEach(() => {
  db = new DatabaseSync(":memory:");
  createTables(db, IDENTITY);
});

test("the highest version is the kept one", () => {
  expect(findKeptSnapshot(db)).toBeUndefined();
  keepSnapshot(db, aKeptSnapshot(3));
  keepSnapshot(db, aKeptSnapshot(5));
  expect(findKeptSnapshot(db)).toEqual(aKeptSnapshot(5));
});

test.each([4, 5])("after version 5 version %i is not kept", (version) => {
  keepSnapshot(db, aKeptSnapshot(5));
  expect(() => keepSnapshot(db, aKeptSnapshot(version))).toThrow(
    expect.objectContaining({ code: "VALIDATOR_SNAPSHOT_OLDER" }),
  );
});

test("old versions are dropped, the highest never", () => {
  for (let version = 1; version <= 60; version++) keepSnapshot(db, aKeptSnapshot(version));
  expect(db.prepare("select count(*) as n, max(version) as top from snapshots").get()).toMatchObject({
    n: 50,
    top: 60,
  });
});

test("a conflict holds until a newer version is kept", () => {
  keepSnapshot(db, aKeptSnapshot(5));
  keepConflict(db, aKeptSnapshot(5, "ee".repeat(32)));
  keepConflict(db, aKeptSnapshot(5, "ff".repeat(32)));
  expect(findConflict(db)?.vectorHash).toBe("ee".repeat(32));
  keepSnapshot(db, aKeptSnapshot(6));
  expect(findConflict(db)).toBeUndefined();
});

test("a kept snapshot whose text was changed is not believed", () => {
  keepSnapshot(db, aKeptSnapshot(5));
  db.exec("update snapshots set body = json_set(body, '$.version', 6)");
  expect(() => findKeptSnapshot(db)).toThrow(expect.objectContaining({ code: "VALIDATOR_JOURNAL_DAMAGED" }));
});
