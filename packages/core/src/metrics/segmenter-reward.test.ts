import fc from "fast-check";
import { expect, test } from "vitest";
import { expectClose } from "../test/close.ts";
import { refusalOf } from "../test/refusal.ts";
import { scoringVectors } from "../test/scoring-vectors.ts";
import { type SegmenterItem, segmenterReward } from "./segmenter-reward.ts";
import { slide } from "./window.ts";

type Vector = {
  id: string;
  note: string;
  input: { iou_history: (number | null)[]; window: number; nan_policy: "skip" };
  expected: { used: number; mean: number };
};

test.each(scoringVectors<Vector>("iou_window_mean"))("$id: $note", ({ input, expected }) => {
  const scored = input.iou_history.filter((iou) => iou !== null);
  const window = scored.reduce(
    (kept: SegmenterItem[], iou) => slide(kept, { iou, truthArea: 0 }, input.window),
    [],
  );
  expect(window.length).toBe(expected.used);
  const { mean, reward } = segmenterReward(window, "source");
  expectClose(mean, expected.mean);
  expect(reward).toBe(mean);
});

const item = (iou: number, truthArea: number): SegmenterItem => ({ iou, truthArea });

test("assay pays what lies above the mean truth area", () => {
  const window = [item(0.8, 0.25), item(0.6, 0.15)];
  const { mean, baseline, reward } = segmenterReward(window, "assay");
  expect([mean, baseline]).toEqual([0.7, 0.2]);
  expect(reward).toBeCloseTo(0.625, 15);
});

test("a mask of all ones earns the truth's area under source and nothing under assay", () => {
  const allOnes = [0.1, 0.4, 0.25].map((area) => item(area, area));
  expect(segmenterReward(allOnes, "source").reward).toBeCloseTo(0.25, 15);
  expect(segmenterReward(allOnes, "assay").reward).toBe(0);
});

test("perfect masks earn 1, worse than all ones 0, nothing to find 0", () => {
  expect(segmenterReward([item(1, 0.3), item(1, 0.9)], "assay").reward).toBe(1);
  expect(segmenterReward([item(0.1, 0.3)], "assay").reward).toBe(0);
  expect(segmenterReward([item(1, 1)], "assay").reward).toBe(0);
});

test("an empty window earns nothing", () => {
  expect(segmenterReward([], "assay")).toEqual({ mean: 0, baseline: 0, reward: 0 });
});

test.each([item(Number.NaN, 0), item(1.1, 0), item(0.5, -0.1), item(0.5, Number.NaN)])(
  "%j is refused",
  (broken) => {
    expect(refusalOf(() => segmenterReward([item(0.5, 0.5), broken], "assay"))).toBe("CORE_OUT_OF_RANGE");
  },
);

const share = fc.double({ min: 0, max: 1, noNaN: true });
const anyWindow = fc.array(fc.record({ iou: share, truthArea: share }), { maxLength: 30, size: "max" });
const anyPreset = fc.constantFrom("assay" as const, "source" as const);

test("the reward is a number between 0 and 1, and a better mask never lowers it", () => {
  fc.assert(
    fc.property(anyWindow, anyPreset, fc.nat(), share, (window, preset, pick, iou) => {
      const better = window.map((one, i) =>
        i === pick % window.length ? { ...one, iou: Math.max(one.iou, iou) } : one,
      );
      const [before, after] = [
        segmenterReward(window, preset).reward,
        segmenterReward(better, preset).reward,
      ];
      expect(before).toBeGreaterThanOrEqual(0);
      expect(after).toBeLessThanOrEqual(1);
      expect(after).toBeGreaterThanOrEqual(before);
    }),
  );
});
