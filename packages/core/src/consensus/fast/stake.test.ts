import fc from "fast-check";
import { expect, test } from "vitest";
import { topPermits, withOwnerPermit } from "../permits.ts";
import { stakeShares } from "../stake.ts";
import { subnet } from "../test/epoch-inputs.ts";
import { nextPermits } from "./permits.ts";
import { shareActiveStake, shareStake } from "./stake.ts";

const ONE = 2 ** 32;
const amount = fc.oneof(fc.constantFrom(0n, 1n, 1_000n), fc.bigInt({ min: 0n, max: 1n << 58n }));
const state = fc.record({
  stake: fc.array(amount, { maxLength: 12 }),
  stakeThreshold: fc.constantFrom(0n, 1n, 1_000n, 1n << 57n, 1n << 63n),
  ownerUid: fc.option(fc.nat({ max: 12 })),
  maxAllowedValidators: fc.nat({ max: 12 }),
});

function sharesOf(input: Parameters<typeof shareStake>[0]): Float64Array | false {
  const shares = new Float64Array(input.stake.length);
  const isComputed = shareStake(input, { shares, amounts: new Float64Array(input.stake.length) });
  return isComputed && shares;
}

test("shares and permits are those of the reference, for small and large stakes", () => {
  fc.assert(
    fc.property(state, ({ stake, maxAllowedValidators, ...rest }) => {
      const expected = stakeShares({ stake, ...rest });
      const shares = sharesOf({ stake, ...rest });
      expect(Array.from(shares || [], BigInt)).toEqual(expected);
      const input = subnet(stake.length, { stake, maxAllowedValidators, ...rest });
      const vectors = { stake: Float64Array.from(expected, Number), keys: new Float64Array(stake.length) };
      const permits = withOwnerPermit(topPermits(expected, maxAllowedValidators), rest.ownerUid);
      expect(nextPermits(input, vectors)).toEqual(permits);
    }),
    { numRuns: 1_000 },
  );
});

test("a negative stake, and more than the chain can hold, are left to the reference", () => {
  const rest = { stakeThreshold: 0n, ownerUid: null };
  expect(sharesOf({ stake: [1n, -1n], ...rest })).toBe(false);
  expect(sharesOf({ stake: [1n << 62n, 1n << 62n], ...rest })).toBe(false);
});

test("among equals the lower uid loses its permit", () => {
  const input = subnet(3, { maxAllowedValidators: 1 });
  const permits = nextPermits(input, { stake: Float64Array.of(7, 7, 0), keys: new Float64Array(3) });
  expect(permits).toEqual([false, true, false]);
});

test("an empty activity mask hides nobody, a short one the rest", () => {
  const stake = Float64Array.of(ONE / 2, ONE / 2);
  const shares = new Float64Array(2);
  shareActiveStake(stake, { active: [], permits: [true, true], shares });
  expect([...shares]).toEqual([ONE / 2, ONE / 2]);
  shareActiveStake(stake, { active: [true], permits: [true, true], shares });
  expect([...shares]).toEqual([ONE, 0]);
  shareActiveStake(stake, { active: [true, true], permits: [false, false], shares });
  expect([...shares]).toEqual([0, 0]);
});
