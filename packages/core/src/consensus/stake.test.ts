import fc from "fast-check";
import { expect, test } from "vitest";
import { ONE } from "./fixed.ts";
import { stakeShares } from "./stake.ts";
import { sum } from "./vector.ts";

const open = { stakeThreshold: 0n, ownerUid: null };

test("shares are proportional and floored", () => {
  expect(stakeShares({ ...open, stake: [1n, 2n] })).toEqual([1_431_655_765n, 2_863_311_530n]);
});

test("stake below the threshold does not count, at the threshold it does", () => {
  expect(stakeShares({ ...open, stakeThreshold: 10n, stake: [9n, 10n] })).toEqual([0n, ONE]);
});

test("the owner's stake counts whatever the threshold", () => {
  expect(stakeShares({ stakeThreshold: 10n, ownerUid: 0, stake: [5n, 15n] })).toEqual([
    ONE / 4n,
    (ONE * 3n) / 4n,
  ]);
});

test("nobody's stake is nobody's share", () => {
  expect(stakeShares({ ...open, stake: [0n, 0n] })).toEqual([0n, 0n]);
});

test("the unit of stake does not matter", () => {
  const amount = fc.bigInt({ min: 0n, max: 1n << 40n });
  fc.assert(
    fc.property(fc.array(amount), fc.bigInt({ min: 1n, max: 1_000_000n }), (stake, unit) => {
      const scaled = stake.map((value) => value * unit);
      expect(stakeShares({ ...open, stake: scaled })).toEqual(stakeShares({ ...open, stake }));
      expect(sum(stakeShares({ ...open, stake }))).toBeLessThanOrEqual(ONE);
    }),
  );
});
