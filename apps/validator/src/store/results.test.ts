import { DatabaseSync } from "node:sqlite";
import { beforeEach, expect, test } from "vitest";
import { receiptFor } from "../testing/board.ts";
import { IDENTITY } from "../testing/journal-rows.ts";
import { checkReceipts, findReceipt } from "./receipts.ts";
import {
  acknowledgeResult,
  findResultState,
  listQueuedResults,
  queueResult,
  refuseResult,
} from "./results.ts";
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
  acknowledgeResult(db, result("a"), receiptFor(result("a").signed));
  expect(listQueuedResults(db, 10)).toEqual([]);
  expect(findResultState(db, result("a"))).toBe("acknowledged");
  expect(queueResult(db, result("a", 1, "other"))).toBe(false);
  expect(findResultState(db, result("a", 2))).toBeUndefined();
});

test("the receipt is kept with the result it is for, and only then", () => {
  for (const jobId of ["a", "b", "c"]) queueResult(db, result(jobId));
  const receipt = receiptFor(result("a").signed);
  acknowledgeResult(db, result("a"), receipt);
  refuseResult(db, result("b"), "API_LEASE_LOST");
  expect(["a", "b", "c"].map((jobId) => findReceipt(db, result(jobId)))).toEqual([
    receipt,
    undefined,
    undefined,
  ]);
  expect(findResultState(db, result("b"))).toBe("refused");
});

test("the first receipt stays, and one that was moved to another result is noticed", () => {
  queueResult(db, result("a"));
  const receipt = receiptFor(result("a").signed);
  acknowledgeResult(db, result("a"), receipt);
  acknowledgeResult(db, result("a"), receiptFor({ body: "another" }));
  expect(findReceipt(db, result("a"))).toEqual(receipt);
  checkReceipts(db);
  db.exec("update receipts set job_id = 'b'");
  expect(() => checkReceipts(db)).toThrow(/damaged \(receipts, b\)/);
});
