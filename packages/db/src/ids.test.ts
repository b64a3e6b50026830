import { CycleId } from "@assay/core";
import { expect, test } from "vitest";
import { newId } from "./ids.ts";

test("an id is a kind and a uuid of version 7 that carries the time", () => {
  const before = Date.now();
  const id = newId("cycle");
  expect(CycleId.safeParse(id).success).toBe(true);
  const ms = Number.parseInt(id.slice(6, 14) + id.slice(15, 19), 16);
  expect(ms).toBeGreaterThanOrEqual(before);
  expect(ms).toBeLessThanOrEqual(Date.now());
});

test("ids sort in the order of their creation, also many within one millisecond", () => {
  const ids = Array.from({ length: 20_000 }, () => newId("job"));
  expect(ids).toEqual([...ids].sort());
  expect(new Set(ids).size).toBe(ids.length);
});
