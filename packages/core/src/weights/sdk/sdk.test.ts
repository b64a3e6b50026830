import fc from "fast-check";
import { expect, test } from "vitest";
import { refusalOf } from "../../test/refusal.ts";
import { commitHashPreimage, type WeightCommitment } from "./commit-hash-preimage.ts";
import { convertMaybeSplitToU16 } from "./convert-maybe-split-to-u16.ts";
import { convertWeightUidsAndValsToTensor } from "./convert-weight-uids-and-vals-to-tensor.ts";
import { convertWeightsAndUidsForEmit } from "./convert-weights-and-uids-for-emit.ts";
import { normalizeMaxWeight } from "./normalize-max-weight.ts";
import { processWeights } from "./process-weights.ts";

const anyWeights = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
  minLength: 1,
  maxLength: 300,
  size: "+1",
});
const anyLimit = fc.double({ min: 0.001, max: 1, noNaN: true });
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);

test("limited weights sum to one and keep their order", () => {
  fc.assert(
    fc.property(anyWeights, anyLimit, (given, limit) => {
      const limited = normalizeMaxWeight(Float64Array.from(given), limit);
      expect(sum(limited)).toBeCloseTo(1, 9);
      for (const [i, weight] of given.entries())
        if (weight >= given[0]!) expect(limited[i]).toBeGreaterThanOrEqual(limited[0]!);
    }),
  );
});

test("weights of a like size stay at or below the limit, but for the SDK's 1e-7", () => {
  const weight = fc.double({ min: 0.01, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(weight, { minLength: 2, maxLength: 300, size: "max" }), anyLimit, (given, limit) => {
      fc.pre(given.length * limit > 1.2);
      expect(Math.max(...normalizeMaxWeight(Float64Array.from(given), limit))).toBeLessThan(limit + 1e-5);
    }),
  );
});

test.each([Number.NaN, -1, Number.POSITIVE_INFINITY])("a weight of %s is refused everywhere", (weight) => {
  const limits = { numNeurons: 2, minAllowedWeights: 1, maxWeightLimit: 1, excludeQuantile: 0 };
  const row = { uids: [0, 1], weights: [0.5, weight] };
  expect(refusalOf(() => normalizeMaxWeight(Float64Array.from(row.weights)))).toBe("CORE_OUT_OF_RANGE");
  expect(refusalOf(() => convertWeightsAndUidsForEmit(row.uids, row.weights))).toBe("CORE_OUT_OF_RANGE");
  expect(refusalOf(() => processWeights(row, limits))).toBe("CORE_OUT_OF_RANGE");
  expect(refusalOf(() => convertMaybeSplitToU16(row.weights))).toBe("CORE_OUT_OF_RANGE");
});

test("nothing is refused as empty", () => {
  expect(refusalOf(() => normalizeMaxWeight(new Float32Array(0)))).toBe("CORE_EMPTY");
  expect(refusalOf(() => convertWeightsAndUidsForEmit([], []))).toBe("CORE_EMPTY");
  expect(refusalOf(() => convertMaybeSplitToU16([]))).toBe("CORE_EMPTY");
  expect(refusalOf(() => convertMaybeSplitToU16([0, 0]))).toBe("CORE_EMPTY");
});

test.each([{ numNeurons: 0 }, { minAllowedWeights: -1 }, { maxWeightLimit: 0 }, { excludeQuantile: 65_536 }])(
  "limits with %j are refused",
  (change) => {
    const limits = { numNeurons: 2, minAllowedWeights: 1, maxWeightLimit: 1, excludeQuantile: 0, ...change };
    expect(refusalOf(() => processWeights({ uids: [0, 1], weights: [1, 2] }, limits))).toBe(
      "CORE_OUT_OF_RANGE",
    );
  },
);

test("uids and weights of different length are refused", () => {
  const limits = { numNeurons: 2, minAllowedWeights: 1, maxWeightLimit: 1, excludeQuantile: 0 };
  expect(refusalOf(() => processWeights({ uids: [0], weights: [1, 2] }, limits))).toBe(
    "CORE_LENGTH_MISMATCH",
  );
  expect(refusalOf(() => convertWeightUidsAndValsToTensor(3, { uids: [0], values: [] }))).toBe(
    "CORE_LENGTH_MISMATCH",
  );
});

test("a u16 split always sums to 65535 and gives nobody a negative share", () => {
  fc.assert(
    fc.property(anyWeights, (split) => {
      fc.pre(split.length <= 16 && sum(split) > 0);
      const parts = convertMaybeSplitToU16(split);
      expect(sum(parts)).toBe(65_535);
      expect(parts.every((part) => part >= 0)).toBe(true);
    }),
  );
});

test("the largest emitted weight is 65535, and no zero is emitted", () => {
  fc.assert(
    fc.property(anyWeights, (weights) => {
      const { uids, values } = convertWeightsAndUidsForEmit([...weights.keys()], weights);
      expect(uids.length).toBe(values.length);
      expect(values).not.toContain(0);
      if (sum(weights) > 0) expect(Math.max(...values)).toBe(65_535);
    }),
  );
});

test("a uid beyond the subnet has no place in the tensor", () => {
  expect(refusalOf(() => convertWeightUidsAndValsToTensor(2, { uids: [2], values: [1] }))).toBe(
    "CORE_OUT_OF_RANGE",
  );
  expect(Array.from(convertWeightUidsAndValsToTensor(2, { uids: [1], values: [0] }))).toEqual([0, 0]);
});

const commitment: WeightCommitment = {
  publicKey: new Uint8Array(32),
  storageIndex: 1,
  uids: [0],
  values: [1],
  salt: [],
  versionKey: 0n,
};

test("64 entries need a longer length prefix than 63", () => {
  const bytes = (n: number) => {
    const list = Array.from({ length: n }, () => 1);
    return commitHashPreimage({ ...commitment, uids: list, values: list }).length;
  };
  expect(bytes(63)).toBe(32 + 2 + 2 * (1 + 126) + 1 + 8);
  expect(bytes(64)).toBe(32 + 2 + 2 * (2 + 128) + 1 + 8);
});

test("the version key takes all of 64 bits", () => {
  const bytes = commitHashPreimage({ ...commitment, versionKey: 2n ** 64n - 1n });
  expect(Array.from(bytes.slice(-8))).toEqual(Array<number>(8).fill(255));
});

test.each([
  [{ publicKey: new Uint8Array(31) }, "CORE_LENGTH_MISMATCH"],
  [{ values: [] }, "CORE_LENGTH_MISMATCH"],
  [{ storageIndex: 65_536 }, "CORE_OUT_OF_RANGE"],
  [{ values: [1.5] }, "CORE_OUT_OF_RANGE"],
  [{ salt: [-1] }, "CORE_OUT_OF_RANGE"],
  [{ versionKey: 2n ** 64n }, "CORE_OUT_OF_RANGE"],
  [{ versionKey: -1n }, "CORE_OUT_OF_RANGE"],
] as const)("a commitment with %o is refused", (change, code) => {
  expect(refusalOf(() => commitHashPreimage({ ...commitment, ...change }))).toBe(code);
});
