import fc from "fast-check";
import { expect, test } from "vitest";
import { seededRandom } from "./seeded-random.ts";
import { shuffled } from "./shuffled.ts";

test("every item is there once, and the list given stays as it was", () => {
  fc.assert(
    fc.property(fc.array(fc.nat()), fc.string(), (items, seed) => {
      const before = [...items];
      expect(shuffled(items, seededRandom(seed)).toSorted((a, b) => a - b)).toEqual(
        items.toSorted((a, b) => a - b),
      );
      expect(items).toEqual(before);
    }),
  );
});

test("each of the six orders of three comes equally often", () => {
  const counts = new Map<string, number>();
  const random = seededRandom("orders");
  for (let i = 0; i < 12_000; i += 1) {
    const order = shuffled(["a", "b", "c"], random).join("");
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  for (const count of counts.values()) expect(Math.abs(count - 2000)).toBeLessThan(200);
});
