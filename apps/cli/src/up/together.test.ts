import { expect, test } from "vitest";
import { together } from "./together.ts";

test("answers in order", async () => {
  expect(await together([Promise.resolve(1), Promise.resolve(2)])).toEqual([1, 2]);
});

test("a failure waits for those that are still starting", async () => {
  const started: string[] = [];
  const slow = Promise.withResolvers<void>();
  const failure = together([
    Promise.reject(new Error("port in use")),
    slow.promise.then(() => started.push("slow")),
  ]);
  const seen = failure.catch((error: unknown) => started.push(String(error)));
  slow.resolve();
  await seen;
  expect(started).toEqual(["slow", "Error: port in use"]);
});
