import { beforeEach, expect, test } from "vitest";
import type { Context } from "../runtime/context.ts";
import { subtensor } from "../runtime/runtime.ts";
import { read, write } from "../state/access.ts";
import { committingGenesis, contextAt, developmentAccount, refusalOf } from "../testing/fixture.ts";
import { batchCommitWeights, batchSetWeights } from "./batch-weights.ts";

const { storage } = subtensor;
const bob = developmentAccount("bob");
const origin = { kind: "signed", who: bob } as const;
const hash = `0x${"11".repeat(32)}`;
const module = (error: number) => ({
  tag: "Module",
  value: { index: 7, error: `0x${error.toString(16)}000000` },
});

let context: Context;
beforeEach(() => {
  context = contextAt(20, committingGenesis());
});
const eventsOf = () => context.events.map(({ name, value }) => [name, value]);

test("a batch of plain weights succeeds as a whole while its items fail alone", () => {
  write(context.state, storage.CommitRevealWeightsEnabled, [1, false]);
  const weights = [[[4, 7] as const], [], []];
  batchSetWeights(context, origin, { netuids: [1, 9, 0], weights, version_keys: [0n, 0n, 0n] });
  expect(read(context.state, storage.Weights, 1, 1)).toEqual([[4, 65_535]]);
  expect(eventsOf()).toEqual([
    ["WeightsSet", [1, 1]],
    ["BatchCompletedWithErrors", []],
    ["BatchWeightItemFailed", [9, module(53)]],
    ["BatchWeightItemFailed", [0, module(53)]],
    ["BatchWeightsCompleted", [[1, 9, 0], bob]],
  ]);
});

test("a batch of commits files what may be filed", () => {
  batchCommitWeights(context, origin, { netuids: [1, 1], commit_hashes: [hash, hash] });
  expect(read(context.state, storage.WeightCommits, 1, bob)).toEqual([[hash, 0n, 20n, 0n]]);
  expect(eventsOf()).toEqual([
    ["WeightsCommitted", [bob, 1, hash]],
    ["BatchCompletedWithErrors", []],
    ["BatchWeightItemFailed", [1, module(81)]],
    ["BatchWeightsCompleted", [[1, 1], bob]],
  ]);
});

test("lists of different lengths are refused", () => {
  const refused = [
    refusalOf(() => batchCommitWeights(context, origin, { netuids: [1], commit_hashes: [] })),
    refusalOf(() => batchSetWeights(context, origin, { netuids: [1], weights: [], version_keys: [0n] })),
    refusalOf(() => batchSetWeights(context, origin, { netuids: [1], weights: [[]], version_keys: [] })),
  ];
  expect(refused).toEqual(["InputLengthsUnequal", "InputLengthsUnequal", "InputLengthsUnequal"]);
});
