import { expect, test } from "vitest";
import { refusalOf } from "../../test/refusal.ts";
import { assertPlans } from "./plans.ts";
import { periodsAt } from "./test/tournaments.ts";

const plan = (id: string, later = 0) => ({ id, periods: periodsAt(later), minScore: 0 });
const direct = { tempo: 40, revealPeriodEpochs: 0 };

test("tournaments may overlap in everything but reward", () => {
  expect(refusalOf(() => assertPlans([plan("b", 100), plan("a"), plan("c", 200)], direct))).toBeUndefined();
});

test("two that are in reward at the same block are refused and named, whatever their order", () => {
  expect(refusalOf(() => assertPlans([plan("b", 99), plan("a")], direct))).toBe("CORE_PERIODS_OVERLAP");
  expect(() => assertPlans([plan("b", 99), plan("a")], direct)).toThrow(
    "The reward periods of a and b overlap.",
  );
});

test("a reward period has p + 2 epochs at least", () => {
  const timing = (tempo: number, revealPeriodEpochs: number) => ({ tempo, revealPeriodEpochs });
  expect(refusalOf(() => assertPlans([plan("a")], timing(50, 0)))).toBeUndefined();
  expect(refusalOf(() => assertPlans([plan("a")], timing(51, 0)))).toBe("CORE_OUT_OF_RANGE");
  expect(refusalOf(() => assertPlans([plan("a")], timing(25, 2)))).toBeUndefined();
  expect(() => assertPlans([plan("a")], timing(25, 3))).toThrow(
    "The reward period of a has 100 blocks; weights may take 125 to reach the miner.",
  );
});

test("an id twice and periods out of order are refused", () => {
  expect(refusalOf(() => assertPlans([plan("a"), plan("a", 100)], direct))).toBe("CORE_DUPLICATE");
  const backwards = { ...plan("a"), periods: { ...periodsAt(), review: 250 } };
  expect(refusalOf(() => assertPlans([backwards], direct))).toBe("CORE_OUT_OF_RANGE");
});
