import fc from "fast-check";
import { expect, test } from "vitest";
import { parseEpochFile } from "../schema/epoch-file.ts";
import { epochOutputToJson } from "../schema/epoch-output.ts";
import { epoch, epochOutput, epochTrace } from "./epoch.ts";
import { ONE } from "./fixed.ts";
import { asText, caseSteps, fixedBlock, fuzzSteps, type VectorStep, yuma } from "./test/chain-vectors.ts";
import { anyInput, deepFreeze, filled, subnet } from "./test/epoch-inputs.ts";
import { generate, hashOf } from "./test/generated-subnet.ts";
import type { EpochInput, SparseRow } from "./types.ts";
import { sum } from "./vector.ts";

function check({ input, expected: { fixed, ...expected } }: VectorStep): void {
  const parsed = parseEpochFile({ input })[0];
  if (parsed === undefined) throw new Error("the vector has no input");
  const trace = epochTrace(parsed);
  const output: Record<string, unknown> = epochOutputToJson(epochOutput(parsed, trace));
  expect(Object.keys(output).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, value] of Object.entries(expected))
    expect([name, asText(output[name])]).toEqual([name, asText(value)]);
  if (fixed === undefined) return;
  const intermediates = fixedBlock(trace);
  expect(Object.keys(intermediates).sort()).toEqual(Object.keys(fixed).sort());
  for (const [name, value] of Object.entries(fixed))
    expect([name, asText(intermediates[name])]).toEqual([name, asText(value)]);
}

test("the vectors are all there", () => {
  expect([yuma.epoch_cases.length, caseSteps.length, fuzzSteps.length]).toEqual([51, 159, 100]);
  expect([yuma.generator_cases.length, yuma.functions.length]).toEqual([4, 170]);
  expect(caseSteps.filter(({ expected }) => expected.fixed !== undefined)).toHaveLength(93);
});

test.each(caseSteps)("the chain's epoch: $name", check);
test.each(fuzzSteps)("the chain's random epoch: $name", check);

test.each(yuma.generator_cases)("the chain's 512 neurons: $id", (generated) => {
  const output = generate(generated, epoch);
  const server = generated.id.includes("-i1-") ? 1 : 64;
  for (const [uid, values] of [
    [0, generated.asserted.validator],
    [server, generated.asserted.server],
  ] as const) {
    expect(output.consensus[uid]).toBe(values.consensus);
    expect(output.incentive[uid]).toBe(values.incentive);
    expect(output.dividends[uid]).toBe(values.dividends);
    expect(output.emission[uid]).toBe(BigInt(values.emission ?? -1));
  }
  expect(hashOf(output)).toBe(generated.expected_after_epoch_3.sha256_of_canonical_json);
});

const market = subnet(4, {
  stake: [600n, 400n, 0n, 0n],
  weights: [
    [
      [2, 65_535],
      [3, 65_535],
    ],
    [[2, 65_535]],
    [],
    [],
  ],
  maxAllowedValidators: 2,
});

test("a small market, by hand", () => {
  const output = epoch(market);
  expect(output.stakeWeight).toEqual([39_320, 26_213, 0, 0]);
  expect(output.validatorPermit).toEqual([true, true, false, false]);
  expect(output.consensus).toEqual([0, 0, 32_767, 32_767]);
  expect(output.validatorTrust).toEqual([65_535, 32_767, 0, 0]);
  expect(output.incentive).toEqual([0, 0, 40_959, 24_575]);
  expect(output.serverEmission).toEqual([0n, 0n, 312_500_000n, 187_499_999n]);
  expect(sumOf(output.validatorEmission)).toBeGreaterThanOrEqual(499_999_998n);
});

test("a copier of the majority earns by stake what the majority earns", () => {
  const row = market.weights[0] ?? [];
  const copied = epoch({ ...market, stake: [500n, 500n, 0n, 0n], weights: [row, row, [], []] });
  expect(copied.dividends[0]).toBe(copied.dividends[1]);
});

test("nobody's weights leave the whole emission to active stake", () => {
  const output = epoch({ ...market, weights: [[], [], [], []] });
  expect(output.serverEmission).toEqual([0n, 0n, 0n, 0n]);
  expect(output.validatorEmission).toEqual([599_999_999n, 399_999_999n, 0n, 0n]);
});

test("no neurons, no output", () => {
  const output = epoch(subnet(0));
  expect([output.emission, output.bonds, output.logErrors]).toEqual([[], [], []]);
});

function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((a, b) => a + b, 0n);
}

test("any state of the chain has an output within its bounds, and is left untouched", () => {
  fc.assert(
    fc.property(anyInput, (input) => {
      const output = epoch(deepFreeze(input));
      const paid = sumOf(output.serverEmission) + sumOf(output.validatorEmission);
      expect(paid).toBeLessThanOrEqual(input.raoEmission);
      expect(sumOf(output.emission)).toBeLessThanOrEqual(input.raoEmission);
      for (const values of [output.incentive, output.dividends, output.stakeWeight])
        expect(values.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(65_535);
      for (const field of Object.values({ ...output, logErrors: filled(input.n, "") }))
        expect(field).toHaveLength(input.n);
    }),
    { numRuns: 300 },
  );
});

test("consensus never exceeds the largest weight on a miner", () => {
  fc.assert(
    fc.property(anyInput, (input) => {
      const trace = epochTrace(input);
      for (const [uid, level] of trace.consensus.entries()) {
        const given = trace.weights.normalised.flatMap((row) => row.filter(([j]) => j === uid));
        const largest = given.reduce((a, [, weight]) => (weight > a ? weight : a), 0n);
        expect(level).toBeLessThanOrEqual(largest);
      }
      expect(sum(trace.incentive)).toBeLessThanOrEqual(ONE);
    }),
  );
});

test("the unit of stake and the scale of a weight row do not matter", () => {
  fc.assert(
    fc.property(anyInput, fc.integer({ min: 1, max: 7 }), (random, factor) => {
      const small = (row: SparseRow): SparseRow => row.map(([uid, value]) => [uid, value >> 4]);
      const input = { ...random, stakeThreshold: 0n, weights: random.weights.map(small) };
      const scaled = {
        ...input,
        stake: input.stake.map((stake) => stake * BigInt(factor)),
        weights: input.weights.map((row) => row.map(([uid, value]) => [uid, value * factor] as const)),
      };
      expect(epoch(scaled)).toEqual(epoch(input));
    }),
  );
});

test("what a uid without a permit wishes changes nothing", () => {
  fc.assert(
    fc.property(anyInput, (input) => {
      const isHeard = (uid: number) => input.validatorPermit[uid] === true || uid === input.ownerUid;
      const weights = input.weights.map((row, uid) => (isHeard(uid) ? row : []));
      expect(epoch({ ...input, weights })).toEqual(epoch(input));
    }),
  );
});

/** The same subnet with uid u renamed to n − 1 − u. */
function mirrored(input: EpochInput): EpochInput {
  const flip = (uid: number) => input.n - 1 - uid;
  const rows = (all: readonly SparseRow[]) =>
    all.toReversed().map((row) => ascending(row.map(([uid, value]) => [flip(uid), value] as const)));
  return {
    ...input,
    ownerUid: input.ownerUid === null ? null : flip(input.ownerUid),
    stake: input.stake.toReversed(),
    lastUpdate: input.lastUpdate.toReversed(),
    blockAtRegistration: input.blockAtRegistration.toReversed(),
    validatorPermit: input.validatorPermit.toReversed(),
    liveCommitBlock: input.liveCommitBlock.toReversed(),
    weights: rows(input.weights),
    bonds: rows(input.bonds),
  };
}

function ascending(row: SparseRow): SparseRow {
  return row.toSorted(([a], [b]) => a - b);
}

test("names do not matter: other uids, same amounts", () => {
  fc.assert(
    fc.property(anyInput, (random) => {
      const { n } = random;
      const within = (row: SparseRow) => ascending(row.filter(([uid]) => uid < n));
      const input = {
        ...random,
        // Equal stakes at the edge of the permits are the one place where the uid decides.
        maxAllowedValidators: n,
        lastUpdate: [...random.lastUpdate, ...filled(n, 0)].slice(0, n),
        ownerUid: random.ownerUid !== null && random.ownerUid < n ? random.ownerUid : null,
        weights: random.weights.map(within),
        bonds: random.bonds.map(within),
      };
      const output = epoch(input);
      const mirror = epoch(mirrored(input));
      for (const name of ["incentive", "dividends", "serverEmission", "validatorEmission"] as const)
        expect(mirror[name].toReversed()).toEqual(output[name]);
    }),
  );
});
