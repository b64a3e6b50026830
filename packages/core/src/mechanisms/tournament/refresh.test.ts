import { expect, test } from "vitest";
import { refusalOf } from "../../test/refusal.ts";
import { isRefreshDue } from "./refresh.ts";

const due = (nowMs: number, lastMs: number | null) => isRefreshDue({ nowMs, lastMs, refreshSeconds: 3600 });

test("a vector that was never computed is due", () => {
  expect(due(0, null)).toBe(true);
});

test("it is due an hour later, not a millisecond before", () => {
  expect(due(3_600_999, 1000)).toBe(false);
  expect(due(3_601_000, 1000)).toBe(true);
});

test("a clock that was set back makes it due", () => {
  expect(due(999, 1000)).toBe(true);
});

test("NaN is refused", () => {
  expect(refusalOf(() => due(Number.NaN, 0))).toBe("CORE_OUT_OF_RANGE");
  expect(refusalOf(() => due(0, Number.NaN))).toBe("CORE_OUT_OF_RANGE");
});
