import fc from "fast-check";
import { expect, test } from "vitest";
import { epoch, epochTrace } from "./epoch.ts";
import { explainMiner, explainValidator, outOfConsensus, silentValidators } from "./explain.ts";
import { ONE } from "./fixed.ts";
import { anyInput, subnet } from "./test/epoch-inputs.ts";
import { sum } from "./vector.ts";

/** Validators 0 and 1 agree on 4, validator 2 pays its friend 5, validator 3 is silent. */
const input = subnet(6, {
  stake: [400n, 300n, 200n, 100n, 0n, 0n],
  maxAllowedValidators: 4,
  weights: [
    [[4, 65_535]],
    [[4, 65_535]],
    [
      [4, 1],
      [5, 3],
    ],
    [],
    [],
    [],
  ],
});
const trace = epochTrace(input);

test("a miner's votes are those of everybody with stake, the silent with 0", () => {
  const { uid, consensus, incentive, votes } = explainMiner(trace, 4);
  expect([uid, consensus.u16, incentive.u16]).toEqual([4, 65_535, 65_535]);
  expect(votes.map(({ validator }) => validator)).toEqual([0, 1, 2, 3]);
  expect(votes.map(({ stored }) => stored)).toEqual([65_535, 65_535, 1, null]);
  expect(votes.map(({ weight }) => weight.u16)).toEqual([65_535, 65_535, 16_383, 0]);
  expect(votes.map(({ stake }) => stake.u16)).toEqual([26_213, 19_660, 13_106, 6_553]);
  expect(votes.map(({ lost }) => lost)).toEqual([0n, 0n, 0n, 0n]);
});

test("each vote's contribution is stake times clipped weight, and its share the same part of the incentive", () => {
  const { incentive, votes } = explainMiner(trace, 4);
  const [first, second, third, silent] = votes.map(({ contribution }) => Number(contribution) / Number(ONE));
  expect([first, second, third]).toEqual([
    expect.closeTo(0.4, 8),
    expect.closeTo(0.3, 8),
    expect.closeTo(0.05, 8),
  ]);
  expect(silent).toBe(0);
  expect(Number(votes[2]?.share) / Number(incentive.bits)).toBeCloseTo(0.05 / 0.75, 8);
});

test("a weight nobody else supports is clipped away and earns its miner nothing", () => {
  const { consensus, incentive, votes } = explainMiner(trace, 5);
  expect([consensus.bits, incentive.bits]).toEqual([0n, 0n]);
  const friend = votes.find(({ validator }) => validator === 2);
  expect([friend?.weight.u16, friend?.clipped.u16, friend?.contribution, friend?.share]).toEqual([
    49_151,
    0,
    0n,
    0n,
  ]);
  expect(friend?.lost).toBe(friend?.weight.bits);
});

test("a validator out of consensus sees what it lost, and on whom", () => {
  const { given, trust, lost, votes, dividends, permit } = explainValidator(trace, 2);
  expect([given.u16, trust.u16, lost.u16, permit]).toEqual([65_535, 16_383, 49_151, true]);
  expect(trust.bits + lost.bits).toBe(given.bits);
  expect(votes.map(({ miner, lost }) => [miner, lost > 0n])).toEqual([
    [4, false],
    [5, true],
  ]);
  expect(dividends.bits).toBe(trace.dividends[2]);
});

test("a row that does not count is shown with its reason and gives nothing", () => {
  const masked = epochTrace({ ...input, validatorPermit: [true, true, false, true, false, false] });
  const { given, lost, votes } = explainValidator(masked, 2);
  expect([given.bits, lost.bits]).toEqual([0n, 0n]);
  expect(votes.map(({ stored, mask }) => [stored, mask])).toEqual([
    [1, "no-permit"],
    [3, "no-permit"],
  ]);
});

test("the lists name who is out of consensus, worst first, and who is silent", () => {
  expect(outOfConsensus(trace)).toEqual([2]);
  expect(silentValidators(trace)).toEqual([3]);
  const weights = [
    [[4, 65_535]],
    [
      [4, 9],
      [5, 1],
    ],
    [[5, 3]],
    [
      [4, 9],
      [5, 1],
    ],
    [],
    [],
  ] as const;
  expect(outOfConsensus(epochTrace({ ...input, weights }))).toEqual([2, 0]);
});

test.each([6, -1, 0.5])("the subnet has no uid %s to explain", (uid) => {
  const refusal = expect.objectContaining({ code: "CORE_OUT_OF_RANGE" });
  expect(() => explainMiner(trace, uid)).toThrow(refusal);
  expect(() => explainValidator(trace, uid)).toThrow(refusal);
});

test("shares sum to the incentive and losses to what trust lacks, in any state of the chain", () => {
  fc.assert(
    fc.property(anyInput, (state) => {
      const traced = epochTrace(state);
      for (let uid = 0; uid < state.n; uid += 1) {
        const { votes, incentive } = explainMiner(traced, uid);
        expect(sum(votes.map(({ share }) => share))).toBe(incentive.bits);
        const validator = explainValidator(traced, uid);
        expect(sum(validator.votes.map(({ lost }) => lost))).toBe(validator.lost.bits);
        expect(outOfConsensus(traced).includes(uid)).toBe(validator.lost.bits > 0n);
      }
    }),
  );
});

test("what is explained is what the chain stores", () => {
  fc.assert(
    fc.property(anyInput, (state) => {
      const traced = epochTrace(state);
      const { incentive, consensus, validatorTrust } = epoch(state);
      const uids = [...traced.stake.keys()];
      expect(uids.map((uid) => explainMiner(traced, uid).incentive.u16)).toEqual(incentive);
      expect(uids.map((uid) => explainMiner(traced, uid).consensus.u16)).toEqual(consensus);
      expect(uids.map((uid) => explainValidator(traced, uid).trust.u16)).toEqual(validatorTrust);
    }),
  );
});
