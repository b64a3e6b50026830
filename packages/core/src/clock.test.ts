import { expect, test } from "vitest";
import { systemClock } from "./clock.ts";

test("the system's clock counts milliseconds since 1970", () => {
  const before = Date.now();
  expect(systemClock.now()).toBeGreaterThanOrEqual(before);
  expect(systemClock.now()).toBeLessThanOrEqual(Date.now());
});
