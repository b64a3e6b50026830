import { DatabaseSync } from "node:sqlite";
import { beforeEach, expect, test } from "vitest";
import { IDENTITY } from "../testing/journal-rows.ts";
import { closeResult, findResultState, listQueuedResults, queueResult } from "./results.ts";
import { createTables } from "./schema.ts";

let db: DatabaseSync;
beforeEach(() => {
  db = new DatabaseSync(":memory:");
  createTables(db, IDENTITY);
});

const result = (jobId: string, attempt = 1, body = "{}") => ({
  jobId,
  attempt,
  signed: { body, signature: `0x${"00".repeat(64)}` },
});

test("the backlog is sent in the order it was made", () => {
  queueResult(db, result("b"));
  queueResult(db, result("a"));
  expect(listQueuedResults(db, 10)).toEqual([result("b"), result("a")]);
  expect(listQueuedResults(db, 1)).toEqual([result("b")]);
});

test("the first answer to an attempt stays", () => {
  expect(queueResult(db, result("a", 1, "first"))).toBe(true);
  expect(queueResult(db, result("a", 1, "second"))).toBe(false);
  expect(listQueuedResults(db, 10)).toEqual([result("a", 1, "first")]);
  expect(queueResult(db, result("a", 2, "second"))).toBe(true);
});

test("an acknowledged result leaves the backlog and is remembered", () => {
  queueResult(db, result("a"));
  closeResult(db, result("a"), { state: "acknowledged", problem: null });
  expect(listQueuedResults(db, 10)).toEqual([]);
  expect(findResultState(db, result("a"))).toBe("acknowledged");
  expect(queueResult(db, result("a", 1, "other"))).toBe(false);
  expect(findResultState(db, result("a", 2))).toBeUndefined();
});
