import * as fc from "fast-check";
import { expect, test } from "vitest";
import { refusalOf } from "../../test/refusal.ts";
import { type LeaderStanding, type LossRules, leaderLoss } from "./loss.ts";

const RULES = { graceCycles: 2, graceBlocks: 7_200, maxTenureBlocks: null };
const at = (block: number, leadership: Partial<LeaderStanding>, rules: Partial<LossRules> = {}) =>
  leaderLoss(
    { fromBlock: 100, missedCycles: 0, absentSinceBlock: null, ...leadership },
    { ...RULES, ...rules },
    block,
  );

test("a leader that is there and good enough is not lost, however long", () => {
  expect(at(100, {})).toBeNull();
  expect(at(10_000_000, { missedCycles: 1 })).toBeNull();
});

test("an absent one is lost after the grace, at the block the grace ends", () => {
  expect(at(8_199, { absentSinceBlock: 1_000 })).toBeNull();
  for (const block of [8_200, 9_999])
    expect(at(block, { absentSinceBlock: 1_000 })).toEqual({ lostAtBlock: 8_200, because: "absent" });
});

test("one that misses the thresholds is lost after as many cycles as it is granted", () => {
  expect(at(500, { missedCycles: 2 })).toEqual({ lostAtBlock: 500, because: "below-thresholds" });
  expect(at(500, { missedCycles: 2 }, { graceCycles: 3 })).toBeNull();
});

test("a leadership that may not last longer is lost by age", () => {
  expect(at(399, {}, { maxTenureBlocks: 300 })).toBeNull();
  expect(at(450, {}, { maxTenureBlocks: 300 })).toEqual({ lostAtBlock: 400, because: "tenure" });
});

test("the earliest cause counts", () => {
  const absent = { absentSinceBlock: 200, missedCycles: 5 };
  const rules = { graceBlocks: 50, maxTenureBlocks: 300 };
  expect(at(1_000, absent, rules)).toEqual({ lostAtBlock: 250, because: "absent" });
});

test("without bad figures a loss does not depend on when it is noticed, and never lies ahead", () => {
  const blocks = fc.nat(1_000);
  fc.assert(
    fc.property(
      blocks,
      fc.option(blocks),
      fc.option(blocks),
      blocks,
      blocks,
      (from, absent, tenure, grace, wait) => {
        const leadership = { fromBlock: from, missedCycles: 0, absentSinceBlock: absent };
        const rules = { graceCycles: 2, graceBlocks: grace, maxTenureBlocks: tenure };
        const now = Math.max(from, absent ?? 0) + wait;
        const loss = leaderLoss(leadership, rules, now);
        if (loss === null) return;
        expect(loss.lostAtBlock).toBeLessThanOrEqual(now);
        expect(leaderLoss(leadership, rules, now + 17)).toEqual(loss);
      },
    ),
  );
});

test.each<[string, Partial<LeaderStanding>, Partial<LossRules>]>([
  ["an absence in the future", { absentSinceBlock: 501 }, {}],
  ["a leadership in the future", { fromBlock: 501 }, {}],
  ["half a cycle", { missedCycles: 0.5 }, {}],
  ["no grace cycle at all", {}, { graceCycles: 0 }],
  ["a negative grace", {}, { graceBlocks: -1 }],
  ["a tenure that is no number", {}, { maxTenureBlocks: Number.NaN }],
])("%s is refused", (_name, leadership, rules) => {
  expect(refusalOf(() => at(500, leadership, rules))).toBe("CORE_OUT_OF_RANGE");
});
