import { afterEach, expect, test, vi } from "vitest";
import { systemClock } from "./clock.ts";

afterEach(() => void vi.useRealTimers());

test("the system's clock counts milliseconds since 1970", () => {
  vi.useFakeTimers({ now: 1_767_225_600_123 });
  expect(systemClock.now()).toBe(Date.parse("2026-01-01T00:00:00.123Z"));
});
