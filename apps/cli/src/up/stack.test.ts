import { expect, test } from "vitest";
import { createStack } from "./stack.ts";

test("closes what was opened last first, and what is kept only at the very end", async () => {
  const closed: string[] = [];
  const stack = createStack();
  stack.last(async () => void closed.push("chain"));
  stack.defer(async () => void closed.push("database"));
  stack.defer(async () => void closed.push("backend"));
  await stack.close();
  expect(closed).toEqual(["backend", "database"]);
  await stack.closeLast();
  expect(closed).toEqual(["backend", "database", "chain"]);
});

test("goes on past a failure and reports it", async () => {
  const closed: string[] = [];
  const stack = createStack();
  stack.defer(async () => void closed.push("first"));
  stack.defer(async () => {
    throw new Error("stuck");
  });
  await expect(stack.close()).rejects.toThrow("stuck");
  expect(closed).toEqual(["first"]);
});
