import fc from "fast-check";
import { expect, test } from "vitest";
import { refusalOf } from "../test/refusal.ts";
import { packMask, packTruth } from "./pack-mask.ts";

const row = (width: number) => ({ width, height: 1 });

test("a pixel is set iff its confidence is strictly above one half", () => {
  expect(packMask([0.5, 0.500001, 0, 1, 0.49], row(5))).toEqual({
    width: 5,
    height: 1,
    words: Uint32Array.of(0b01010 * 2 ** 27),
    area: 2,
  });
});

test("pixels lie row by row, the first at the highest bit", () => {
  const mask = packTruth([1, ...Array<number>(31).fill(0), 1], { width: 11, height: 3 });
  expect(mask.words).toEqual(Uint32Array.of(0x80000000, 0x80000000));
});

test("another threshold, and one that belongs to the mask", () => {
  const area = (threshold: number, isInclusive: boolean) => {
    const mask = packMask([0.2, 0.5, 0.8], row(3), { threshold, isInclusive });
    return typeof mask === "string" ? mask : mask.area;
  };
  expect([area(0.5, false), area(0.5, true), area(0.2, true), area(0.2, false)]).toEqual([1, 2, 3, 2]);
});

test("a mask with too few or too many values has the wrong shape", () => {
  expect(packMask([0, 1], row(3))).toBe("shape");
  expect(packMask(new Float32Array(4), row(3))).toBe("shape");
});

test.each([Number.NaN, -0.001, 1.001, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
  "a confidence of %s is an invalid answer, wherever it stands",
  (broken) => {
    for (const place of [0, 1, 31, 32, 63, 64, 69]) {
      const values = Array<number>(70).fill(0.7).with(place, broken);
      expect(packMask(values, row(70))).toBe("value");
      expect(packMask(Float32Array.from(values), row(70))).toBe("value");
    }
  },
);

test("whole words of one half are empty, of the next float up full", () => {
  const whole = (value: number) => packMask(new Float32Array(64).fill(value), row(64));
  expect(whole(0.5)).toMatchObject({ area: 0 });
  expect(whole(0.5 + 2 ** -24)).toMatchObject({ area: 64 });
  expect(whole(1)).toMatchObject({ area: 64 });
  expect(whole(0)).toMatchObject({ area: 0 });
});

test("negative zero is zero", () => {
  const mask = packMask(new Float32Array(64).fill(1).fill(-0, 5, 6), row(64));
  expect(mask).toMatchObject({ area: 63 });
});

test("floats, doubles and plain numbers pack alike, whatever the offset in the buffer", () => {
  const confidence = fc.oneof(
    fc.float({ min: 0, max: 1, noNaN: true }),
    fc.constantFrom(0, -0, 0.5, 1, 0.5 + 2 ** -24, 0.5 - 2 ** -25),
  );
  fc.assert(
    fc.property(fc.array(confidence, { minLength: 1, maxLength: 150, size: "max" }), (values) => {
      const shifted = Float32Array.from([0.3, ...values]).subarray(1);
      const mask = packMask(shifted, row(values.length));
      expect(packMask(values, row(values.length))).toEqual(mask);
      expect(packMask(Float64Array.from(values), row(values.length))).toEqual(mask);
      expect(mask).toMatchObject({ area: values.filter((value) => value > 0.5).length });
    }),
  );
});

test("a truth of anything but 0 and 1, or of another size, is refused", () => {
  expect(refusalOf(() => packTruth([0, 1, 0.5], row(3)))).toBe("CORE_OUT_OF_RANGE");
  expect(refusalOf(() => packTruth([0, 1, 2], row(3)))).toBe("CORE_OUT_OF_RANGE");
  expect(refusalOf(() => packTruth([0, 1], row(3)))).toBe("CORE_LENGTH_MISMATCH");
  expect(refusalOf(() => packTruth([0, Number.NaN, 1], row(3)))).toBe("CORE_OUT_OF_RANGE");
});
