import fc from "fast-check";
import { expect, test } from "vitest";
import { fromInteger, ONE } from "./fixed.ts";
import { anyInput, filled, subnet } from "./test/epoch-inputs.ts";
import { maskWeights, type WeightStages } from "./weights.ts";

const row = (...uids: number[]) => uids.map((uid) => [uid, 100] as const);
const uidsOf = (stage: WeightStages[keyof WeightStages]) =>
  stage.map((entries) => entries.map(([uid]) => uid));
const everybody = filled(3, true);

test("targets beyond the last uid are left out, zeros and order kept", () => {
  const weights = [
    [
      [2, 0],
      [1, 7],
      [3, 9],
    ] as const,
    [],
    [],
  ];
  const stages = maskWeights(subnet(3, { weights }), everybody);
  expect(stages.stored[0]).toEqual([
    [2, 0n],
    [1, fromInteger(7)],
  ]);
});

test("rows without a permit are emptied", () => {
  const stages = maskWeights(subnet(3, { weights: [row(1), row(2), []] }), [false, true, true]);
  expect(uidsOf(stages.permitted)).toEqual([[], [2], []]);
});

test("nobody weighs itself, except the owner", () => {
  const input = subnet(3, { ownerUid: 1, weights: [row(0, 1), row(0, 1), row(2)] });
  expect(uidsOf(maskWeights(input, everybody).withoutSelf)).toEqual([[1], [0, 1], []]);
});

test("weights not newer than their target's registration are dropped", () => {
  const input = subnet(3, {
    weights: [row(1, 2), [], []],
    lastUpdate: [500, 0, 0],
    blockAtRegistration: [1, 499, 500],
  });
  expect(uidsOf(maskWeights(input, everybody).afterRegistration)).toEqual([[1], [], []]);
});

test("a missing last update counts as block 0 and loses every weight", () => {
  const input = subnet(3, { weights: [[], [], row(0)], lastUpdate: [950], blockAtRegistration: [0, 0, 0] });
  expect(uidsOf(maskWeights(input, everybody).afterRegistration)).toEqual([[], [], []]);
});

test("with commit-reveal, a target registered after the earliest live commit is dropped", () => {
  const committed = {
    weights: [row(1, 2), row(2), []],
    blockAtRegistration: [1, 33, 34],
    liveCommitBlock: [33, null, null],
  };
  const revealed = maskWeights(subnet(3, { ...committed, commitReveal: true }), everybody);
  expect(uidsOf(revealed.afterCommit)).toEqual([[1], [2], []]);
  const direct = maskWeights(subnet(3, { ...committed, commitReveal: false }), everybody);
  expect(uidsOf(direct.afterCommit)).toEqual([[1, 2], [2], []]);
});

test("rows are divided by what is left of them", () => {
  const input = subnet(3, {
    weights: [
      [
        [0, 50],
        [1, 25],
        [2, 75],
      ],
      [[2, 0]],
      [],
    ],
  });
  expect(maskWeights(input, everybody).normalised).toEqual([
    [
      [1, ONE / 4n],
      [2, (ONE * 3n) / 4n],
    ],
    [[2, 0n]],
    [],
  ]);
});

test("each stage holds a part of the stage before, in its order", () => {
  fc.assert(
    fc.property(anyInput, (input) => {
      const { normalised, ...masks } = maskWeights(input, input.validatorPermit);
      const stages = Object.values(masks).map(uidsOf);
      for (const [k, stage] of stages.entries())
        for (const [uid, entries] of stage.entries()) {
          const before = (stages[k - 1] ?? stage)[uid] ?? [];
          expect(before.filter((target) => entries.includes(target))).toEqual(entries);
        }
      expect(uidsOf(normalised)).toEqual(stages.at(-1));
    }),
  );
});
