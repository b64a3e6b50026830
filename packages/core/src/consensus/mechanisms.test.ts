import fc from "fast-check";
import { expect, test } from "vitest";
import { epoch } from "./epoch.ts";
import { combineMechanisms, mechanismStorageIndex, splitEmissions } from "./mechanisms.ts";
import { functionVectors } from "./test/chain-vectors.ts";
import { anyInput, subnet } from "./test/epoch-inputs.ts";

type Split = { mechanism_count: number; split: number[] | null; alpha: number; expected: number[] };
test.each(functionVectors<Split>("split_emissions"))(
  "the chain splits $alpha in $mechanism_count",
  (vector) => {
    const mechanisms = { count: vector.mechanism_count, split: vector.split };
    expect(splitEmissions(BigInt(vector.alpha), mechanisms)).toEqual(vector.expected.map(BigInt));
  },
);

type Index = { netuid: number; mecid: number; expected: number };
test.each(functionVectors<Index>("mechanism_storage_index"))(
  "mechanism $mecid of subnet $netuid is stored at $expected",
  ({ netuid, mecid, expected }) => {
    expect(mechanismStorageIndex(netuid, mecid)).toBe(expected);
  },
);

test("a split too short is padded, one too long is cut, the rest goes to the first", () => {
  expect(splitEmissions(1_000n, { count: 3, split: [32_768, 32_767] })).toEqual([501n, 499n, 0n]);
  expect(splitEmissions(1_000n, { count: 1, split: [32_768, 32_767] })).toEqual([1_000n]);
});

test("a split always sums to the emission", () => {
  const emission = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });
  fc.assert(
    fc.property(emission, fc.integer({ min: 1, max: 16 }), fc.nat({ max: 65_535 }), (rao, count, first) => {
      for (const split of [null, [first, 65_535 - first]]) {
        const parts = splitEmissions(rao, { count, split });
        expect(parts).toHaveLength(count);
        expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(rao);
      }
    }),
  );
});

test("a single mechanism is the subnet", () => {
  fc.assert(
    fc.property(anyInput, (input) => {
      const output = epoch(input);
      const { incentive, bonds, logErrors, ...shared } = output;
      expect(combineMechanisms([{ emission: input.raoEmission, output }])).toEqual(shared);
      expect([incentive.length, bonds.length]).toEqual([input.n, input.n]);
      expect(logErrors.length).toBeLessThanOrEqual(1);
    }),
  );
});

const one = epoch(
  subnet(2, { stake: [1n, 0n], weights: [[[1, 1]], []], bonds: [[[1, 65_535]], []], raoEmission: 600n }),
);

test("amounts add up while the stored emission is weighted once more", () => {
  const combined = combineMechanisms([
    { emission: 600n, output: one },
    { emission: 600n, output: one },
  ]);
  expect(combined.serverEmission).toEqual([0n, 600n]);
  expect(combined.validatorEmission).toEqual([600n, 0n]);
  expect(combined.emission).toEqual([300n, 300n]);
  expect(combined.stakeWeight).toEqual([64_534 + 1_000, 0]);
});

test("what one mechanism permits or finds active is permitted and active", () => {
  const other = { ...one, active: [false, false], validatorPermit: [false, true] };
  const combined = combineMechanisms([
    { emission: 1n, output: other },
    { emission: 1n, output: one },
  ]);
  expect(combined.active).toEqual([true, true]);
  expect(combined.validatorPermit).toEqual([true, true]);
});

test("without emission only the first mechanism counts", () => {
  const other = { ...one, dividends: [7, 7] };
  const combined = combineMechanisms([
    { emission: 0n, output: other },
    { emission: 0n, output: one },
  ]);
  expect(combined.dividends).toEqual([7, 7]);
});

test("a third of three is not one: shares are floored before they multiply", () => {
  const three = { ...one, dividends: [3, 0] };
  const nothing = { ...one, dividends: [0, 0] };
  const combined = combineMechanisms([
    { emission: 1n, output: three },
    { emission: 2n, output: nothing },
  ]);
  expect(combined.dividends).toEqual([0, 0]);
});
