import fc from "fast-check";
import { expect, test } from "vitest";
import { expectClose } from "../test/close.ts";
import { refusalOf } from "../test/refusal.ts";
import { scoringVectors } from "../test/scoring-vectors.ts";
import { iou } from "./iou.ts";
import type { PackedMask } from "./mask.ts";
import { maskOverlap, mergeOverlaps, NO_OVERLAP, type Overlap } from "./overlap.ts";
import { packMask, packTruth } from "./pack-mask.ts";
import { naiveIou } from "./test/naive-iou.ts";

type Vector = {
  id: string;
  note: string;
  input: {
    prediction: number[][];
    ground_truth: number[][];
    threshold: number;
    threshold_mode: "gt" | "gte";
    empty_union_value: number;
  };
  expected: {
    binary_prediction: number[][];
    intersection: number;
    union: number;
    iou: number;
    iou_fraction: string | null;
  };
};

test.each(scoringVectors<Vector>("iou"))("$id: $note", ({ input, expected }) => {
  const shape = { width: input.prediction[0]!.length, height: input.prediction.length };
  const rule = { threshold: input.threshold, isInclusive: input.threshold_mode === "gte" };
  const prediction = valid(packMask(input.prediction.flat(), shape, rule));
  const overlap = counted(maskOverlap(prediction, packTruth(input.ground_truth.flat(), shape)));
  expect(prediction).toEqual(packTruth(expected.binary_prediction.flat(), shape));
  expect(overlap).toEqual({ intersection: expected.intersection, union: expected.union });
  expectClose(iou(overlap, input.empty_union_value), expected.iou);
  if (expected.iou_fraction === null) return expect(overlap.union).toBe(0);
  const [numerator = 0, denominator = 1] = expected.iou_fraction.split("/").map(Number);
  return expect(overlap.intersection * denominator).toBe(overlap.union * numerator);
});

function valid(mask: PackedMask | string): PackedMask {
  if (typeof mask === "string") throw new Error(mask);
  return mask;
}

function counted(overlap: Overlap | string): Overlap {
  if (typeof overlap === "string") throw new Error(overlap);
  return overlap;
}

const row = (width: number) => ({ width, height: 1 });
const anyPixels = fc.array(
  fc.record({ confidence: fc.float({ min: 0, max: 1, noNaN: true }), truth: fc.integer({ min: 0, max: 1 }) }),
  { minLength: 1, maxLength: 200, size: "max" },
);
type Pixels = { confidence: number; truth: number }[];
const overlapOf = (pixels: Pixels) => {
  const shape = row(pixels.length);
  const prediction = valid(
    packMask(
      Float32Array.from(pixels, ({ confidence }) => confidence),
      shape,
    ),
  );
  const truth = packTruth(
    pixels.map((pixel) => pixel.truth),
    shape,
  );
  return counted(maskOverlap(prediction, truth));
};

test("packed masks overlap as float masks do", () => {
  fc.assert(
    fc.property(anyPixels, (pixels) => {
      const confidences = Float32Array.from(pixels, ({ confidence }) => confidence);
      const truth = pixels.map((pixel) => pixel.truth);
      expect(iou(overlapOf(pixels))).toBe(naiveIou(confidences, truth));
    }),
  );
});

test("tiles add up to the whole picture, however it is cut and in whatever order", () => {
  fc.assert(
    fc.property(fc.array(anyPixels, { maxLength: 5 }), (tiles) => {
      fc.pre(tiles.length > 0);
      const merged = tiles.map(overlapOf).reduce(mergeOverlaps, NO_OVERLAP);
      expect(merged).toEqual(overlapOf(tiles.flat()));
      expect(tiles.toReversed().map(overlapOf).reduce(mergeOverlaps, NO_OVERLAP)).toEqual(merged);
    }),
  );
});

test("a pixel answered right never lowers the IoU", () => {
  fc.assert(
    fc.property(anyPixels, fc.nat(), (pixels, pick) => {
      const better = pixels.map((pixel, i) =>
        i === pick % pixels.length ? { ...pixel, confidence: pixel.truth } : pixel,
      );
      expect(iou(overlapOf(better))).toBeGreaterThanOrEqual(iou(overlapOf(pixels)));
    }),
  );
});

test("masks of other pictures do not overlap, also with as many pixels", () => {
  const mask = packTruth([1, 0, 1, 0], { width: 4, height: 1 });
  expect(maskOverlap(mask, packTruth([1, 0, 1, 0], { width: 2, height: 2 }))).toBe("shape");
});

test("both empty is right, one empty is wrong", () => {
  expect(iou({ intersection: 0, union: 0 })).toBe(1);
  expect(iou({ intersection: 0, union: 0 }, 0)).toBe(0);
  expect(iou({ intersection: 0, union: 7 })).toBe(0);
});

test.each([
  { intersection: 2, union: 1 },
  { intersection: -1, union: 1 },
  { intersection: 0.5, union: 1 },
  { intersection: 0, union: Number.NaN },
])("%j is no overlap", (overlap) => {
  expect(refusalOf(() => iou(overlap))).toBe("CORE_OUT_OF_RANGE");
});
