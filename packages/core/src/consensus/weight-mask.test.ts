import { expect, test } from "vitest";
import { epochTrace } from "./epoch.ts";
import { subnet } from "./test/epoch-inputs.ts";
import type { EpochInput } from "./types.ts";
import { storedWeight } from "./weight-mask.ts";

const pair = { validator: 0, miner: 1 };

function maskOf(changes: Partial<EpochInput>, from = pair) {
  const input = subnet(2, { stake: [1n, 1n], weights: [[[1, 7]], []], ...changes });
  return storedWeight(epochTrace(input).weights, from);
}

test("a weight that counts has no mask", () => {
  expect(maskOf({})).toEqual({ stored: 7, mask: null });
});

test("nothing stored is not a zero", () => {
  expect(maskOf({ weights: [[], []] })).toEqual({ stored: null, mask: null });
  expect(maskOf({ weights: [[[1, 0]], []] })).toEqual({ stored: 0, mask: null });
  expect(maskOf({}, { validator: 5, miner: 1 })).toEqual({ stored: null, mask: null });
});

test.each<[string, Partial<EpochInput>]>([
  ["no-permit", { validatorPermit: [false, true] }],
  ["registration", { blockAtRegistration: [10, 950] }],
  ["commit", { commitReveal: true, liveCommitBlock: [900, null], blockAtRegistration: [10, 901] }],
])("a dropped weight keeps its value and says %s", (mask, changes) => {
  expect(maskOf(changes)).toEqual({ stored: 7, mask });
});

test("a weight on oneself is dropped, the owner's counts", () => {
  const own = { validator: 0, miner: 0 };
  expect(maskOf({ weights: [[[0, 7]], []] }, own)).toEqual({ stored: 7, mask: "self" });
  expect(maskOf({ weights: [[[0, 7]], []], ownerUid: 0 }, own)).toEqual({ stored: 7, mask: null });
});

test("of several entries for one uid the last is shown", () => {
  const weights = [
    [
      [1, 7],
      [1, 8],
    ],
    [],
  ] as const;
  expect(maskOf({ weights }).stored).toBe(8);
});
