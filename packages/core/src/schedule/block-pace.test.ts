import fc from "fast-check";
import { expect, test } from "vitest";
import { refusalOf } from "../test/refusal.ts";
import { blockPace } from "./block-pace.ts";

const stamp = (block: number, timeMs: number) => ({ block, timeMs });

test("an even pace has no error", () => {
  const stamps = [stamp(100, 0), stamp(110, 120_000), stamp(130, 360_000)];
  expect(blockPace(stamps)).toEqual({
    reference: stamp(130, 360_000),
    msPerBlock: 12_000,
    errorMs: 0,
    spreadMs: 0,
  });
});

test("two blocks of 11 and 13 seconds spread by 1.41 seconds, their mean errs by one", () => {
  const pace = blockPace([stamp(0, 0), stamp(1, 11_000), stamp(2, 24_000)]);
  expect(pace.msPerBlock).toBe(12_000);
  expect(pace.spreadMs).toBeCloseTo(1000 * Math.SQRT2, 9);
  expect(pace.errorMs).toBeCloseTo(1000, 9);
});

test("stamps may lie any number of blocks apart", () => {
  const pace = blockPace([stamp(0, 0), stamp(9, 99_000), stamp(10, 120_000)]);
  expect(pace.msPerBlock).toBe(12_000);
  expect(pace.spreadMs).toBeCloseTo(Math.sqrt(9_000 ** 2 / 9 + 9_000 ** 2), 6);
});

test("more blocks make the mean surer, not the block", () => {
  const wave = (count: number) =>
    blockPace(Array.from({ length: count }, (_, k) => stamp(k, 12_000 * k + (k % 2) * 1000)));
  expect(wave(1001).errorMs).toBeLessThan(wave(101).errorMs / 3);
  expect(wave(1001).spreadMs).toBeCloseTo(wave(101).spreadMs, -1);
});

test("the mean lies between the fastest and the slowest step", () => {
  const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 10 ** 6 })), {
    minLength: 2,
  });
  fc.assert(
    fc.property(steps, (given) => {
      let last = stamp(0, 0);
      const stamps = [last, ...given.map(([n, ms]) => (last = stamp(last.block + n, last.timeMs + ms)))];
      const { msPerBlock, errorMs, spreadMs } = blockPace(stamps);
      const paces = given.map(([n, ms]) => ms / n);
      expect(msPerBlock).toBeGreaterThanOrEqual(Math.min(...paces) * (1 - 1e-12));
      expect(msPerBlock).toBeLessThanOrEqual(Math.max(...paces) * (1 + 1e-12));
      expect(Number.isFinite(errorMs) && errorMs <= spreadMs).toBe(true);
    }),
  );
});

test("two stamps show no spread and are refused in words", () => {
  expect(refusalOf(() => blockPace([stamp(0, 0), stamp(1, 12_000)]))).toBe("CORE_EMPTY");
  expect(() => blockPace([])).toThrow("A pace takes three observed blocks.");
});

test.each([
  [[stamp(0, 0), stamp(0, 1), stamp(2, 2)]],
  [[stamp(0, 0), stamp(1, 0), stamp(2, 2)]],
  [[stamp(0, 0), stamp(1, Number.NaN), stamp(2, 2)]],
  [[stamp(0, 0), stamp(1.5, 1), stamp(2, 2)]],
  [[stamp(5, 0), stamp(4, 1), stamp(6, 2)]],
])("stamps that do not grow are refused: %o", (stamps) => {
  expect(refusalOf(() => blockPace(stamps))).toBe("CORE_OUT_OF_RANGE");
});
