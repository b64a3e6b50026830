import fc from "fast-check";
import { expect, test } from "vitest";
import { inheritedStake, stakeWeight } from "./stake-weight.ts";

const ALL = (1n << 64n) - 1n;
const HALF = 1n << 63n;
const DEFAULT_TAO_WEIGHT = 971_718_665_099_567_868n;

test("a hotkey without relations keeps its own stake", () => {
  expect(inheritedStake({ own: 21_000_000_000_000_000n, children: [], parents: [] })).toBe(
    21_000_000_000_000_000n,
  );
});

test("stake given to a child leaves the parent and reaches the child", () => {
  const parent = inheritedStake({ own: 1_000n, children: [HALF], parents: [] });
  const child = inheritedStake({ own: 1n, children: [], parents: [{ stake: 1_000n, proportion: HALF }] });
  expect([parent, child]).toEqual([500n, 501n]);
});

test("everything can be given away, but not more", () => {
  expect(inheritedStake({ own: 1_000n, children: [ALL], parents: [] })).toBe(0n);
  expect(
    inheritedStake({ own: 1_000n, children: [ALL, ALL], parents: [{ stake: 8n, proportion: ALL }] }),
  ).toBe(8n);
});

test("root stake counts by the tao weight, floored", () => {
  expect(stakeWeight({ alpha: 100n, tao: 1_000n, taoWeight: DEFAULT_TAO_WEIGHT })).toBe(152n);
  expect(stakeWeight({ alpha: 100n, tao: 0n, taoWeight: DEFAULT_TAO_WEIGHT })).toBe(100n);
  expect(stakeWeight({ alpha: 0n, tao: 1_000n, taoWeight: ALL })).toBe(1_000n);
});

test("a parent and its children together never hold more than was there", () => {
  const proportion = fc.bigInt({ min: 0n, max: ALL / 3n });
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 21_000_000_000_000_000n }),
      fc.array(proportion, { maxLength: 3 }),
      (own, children) => {
        const kept = inheritedStake({ own, children, parents: [] });
        const given = children.map((part) =>
          inheritedStake({ own: 0n, children: [], parents: [{ stake: own, proportion: part }] }),
        );
        expect(given.reduce((sum, part) => sum + part, kept)).toBeLessThanOrEqual(own);
      },
    ),
  );
});
