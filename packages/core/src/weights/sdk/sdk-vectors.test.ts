import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { expectClose } from "../../test/close.ts";
import { refusalOf } from "../../test/refusal.ts";
import { scoringVectors } from "../../test/scoring-vectors.ts";
import { commitHashPreimage } from "./commit-hash-preimage.ts";
import { convertMaybeSplitToU16 } from "./convert-maybe-split-to-u16.ts";
import { convertWeightUidsAndValsToTensor } from "./convert-weight-uids-and-vals-to-tensor.ts";
import { convertWeightsAndUidsForEmit } from "./convert-weights-and-uids-for-emit.ts";
import { normalizeMaxWeight } from "./normalize-max-weight.ts";
import { processWeights } from "./process-weights.ts";

type Dtype = { dtype?: "float32" | "float64" };
type Vectors = {
  normalize_max_weight: Dtype & { input: number[]; limit: number; expected: number[] };
  convert_weights_and_uids_for_emit: Dtype & { uids: number[]; weights: number[] } & (
      | { expected_uids: number[]; expected_values: number[] }
      | { expected_error: string }
    );
  process_weights: {
    uids: number[];
    weights: number[];
    num_neurons: number;
    min_allowed_weights: number;
    max_weight_limit: number;
    exclude_quantile: number;
    expected_uids: number[];
    expected_weights: number[];
  };
  convert_maybe_split_to_u16: { input: number[]; expected: number[] };
  convert_weight_uids_and_vals_to_tensor: {
    n: number;
    uids: number[];
    values: number[];
    expected: number[];
  };
  commit_hash: {
    public_key: string;
    netuid_storage_index: number;
    uids: number[];
    values: number[];
    salt: number[];
    version_key: number;
    preimage: string;
  };
};
type Name = keyof Vectors;

const FILE = new URL("../../../vectors/weights-sdk.json", import.meta.url);
const all = (JSON.parse(readFileSync(FILE, "utf8")) as { vectors: { fn: Name }[] }).vectors;

/** The vectors of one function, with a number to name them by. */
function vectorsOf<Fn extends Name>(fn: Fn): (Vectors[Fn] & { index: number })[] {
  const own = all.filter((vector) => vector.fn === fn) as unknown as Vectors[Fn][];
  return own.map((vector, index) => ({ ...vector, index }));
}

const floats = (values: readonly number[], { dtype }: Dtype) =>
  dtype === "float32" ? Float32Array.from(values) : Float64Array.from(values);

test("the file holds 45 vectors, all of functions tested here", () => {
  expect(all.length).toBe(45);
  expect([...new Set(all.map(({ fn }) => fn))].sort()).toEqual([
    "commit_hash",
    "convert_maybe_split_to_u16",
    "convert_weight_uids_and_vals_to_tensor",
    "convert_weights_and_uids_for_emit",
    "normalize_max_weight",
    "process_weights",
  ]);
});

test.each(vectorsOf("normalize_max_weight"))(
  "normalize_max_weight $index: $input below $limit as $dtype",
  (vector) => {
    const weights = floats(vector.input, vector);
    expect(Array.from(normalizeMaxWeight(weights, vector.limit))).toEqual(vector.expected);
    expect(Array.from(weights)).toEqual(Array.from(floats(vector.input, vector)));
  },
);

test.each(vectorsOf("convert_weights_and_uids_for_emit"))(
  "convert_weights_and_uids_for_emit $index: $weights",
  (vector) => {
    const { uids, weights } = vector;
    const emit = () => convertWeightsAndUidsForEmit(uids, floats(weights, vector));
    if ("expected_error" in vector)
      return expect(["CORE_OUT_OF_RANGE", "CORE_LENGTH_MISMATCH"]).toContain(refusalOf(emit));
    return expect(emit()).toEqual({ uids: vector.expected_uids, values: vector.expected_values });
  },
);

test.each(vectorsOf("process_weights"))("process_weights $index: $weights", (vector) => {
  const { uids, weights } = processWeights(vector, {
    numNeurons: vector.num_neurons,
    minAllowedWeights: vector.min_allowed_weights,
    maxWeightLimit: vector.max_weight_limit,
    excludeQuantile: vector.exclude_quantile,
  });
  expect(uids).toEqual(vector.expected_uids);
  expect(Array.from(weights)).toEqual(vector.expected_weights);
});

test.each(vectorsOf("convert_maybe_split_to_u16"))("convert_maybe_split_to_u16 $index: $input", (vector) => {
  expect(convertMaybeSplitToU16(vector.input)).toEqual(vector.expected);
});

test.each(vectorsOf("convert_weight_uids_and_vals_to_tensor"))(
  "convert_weight_uids_and_vals_to_tensor $index: $values at $uids",
  ({ n, expected, ...row }) => {
    expect(Array.from(convertWeightUidsAndValsToTensor(n, row))).toEqual(expected);
  },
);

test.each(vectorsOf("commit_hash"))("commit_hash $index has the preimage the chain hashes", (vector) => {
  const bytes = commitHashPreimage({
    publicKey: Uint8Array.from(Buffer.from(vector.public_key.slice(2), "hex")),
    storageIndex: vector.netuid_storage_index,
    uids: vector.uids,
    values: vector.values,
    salt: vector.salt,
    versionKey: BigInt(vector.version_key),
  });
  expect(`0x${Buffer.from(bytes).toString("hex")}`).toBe(vector.preimage);
});

type Emit = {
  id: string;
  note: string;
  input: { weights: number[] };
  expected: { uids: number[]; values_half_even: number[]; renormalised: number[] };
};

test.each(scoringVectors<Emit>("u16_emit"))("$id: $note", ({ input: { weights }, expected }) => {
  const { uids, values } = convertWeightsAndUidsForEmit([...weights.keys()], weights);
  expect({ uids, values }).toEqual({ uids: expected.uids, values: expected.values_half_even });
  const sum = values.reduce((a, b) => a + b, 0);
  for (const [index, value] of values.entries()) expectClose(value / sum, expected.renormalised[index]!);
});
