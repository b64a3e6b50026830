import { expect, test } from "vitest";
import { refusalOf } from "../test/refusal.ts";
import { seededRandom } from "./seeded-random.ts";

const take = (seed: string, n: number) => {
  const random = seededRandom(seed);
  return Array.from({ length: n }, () => random.next());
};

test("a seed gives the same numbers on every machine", () => {
  const random = seededRandom("assay");
  expect(Array.from({ length: 4 }, () => random.below(2 ** 32))).toEqual([
    3_834_720_830, 2_880_130_772, 2_319_937_699, 3_956_530_361,
  ]);
});

test("another seed gives others, also one that differs in one character only", () => {
  expect(take("seed/0", 3)).not.toEqual(take("seed/1", 3));
  expect(take("", 3)).not.toEqual(take(" ", 3));
});

test("two generators of one seed do not disturb each other", () => {
  const [a, b] = [seededRandom("x"), seededRandom("x")];
  const mixed = [a.next(), b.next(), b.next(), a.next()];
  expect(mixed[0]).toBe(mixed[1]);
  expect(mixed[2]).toBe(mixed[3]);
});

test("numbers fill 0..1 evenly and one does not tell the next", () => {
  const numbers = take("evenly", 20_000);
  const mean = numbers.reduce((a, b) => a + b, 0) / numbers.length;
  const bins = Array.from(
    { length: 10 },
    (_, bin) => numbers.filter((x) => Math.floor(x * 10) === bin).length,
  );
  const together = numbers.slice(1).reduce((sum, x, i) => sum + (x - 0.5) * (numbers[i]! - 0.5), 0);
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.01);
  expect(Math.max(...bins) - Math.min(...bins)).toBeLessThan(300);
  expect(Math.abs(together / numbers.length)).toBeLessThan(0.003);
  expect(numbers.every((x) => x >= 0 && x < 1)).toBe(true);
});

test("below a bound each number is as likely as any other", () => {
  const random = seededRandom("bound");
  const counts = [0, 0, 0];
  for (let i = 0; i < 30_000; i += 1) counts[random.below(3)]! += 1;
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(350);
  expect(random.below(1)).toBe(0);
});

test("a bound of three quarters of the range does not favour the lower ones", () => {
  const random = seededRandom("three quarters");
  const third = Array.from({ length: 9000 }, () => random.below(3 * 2 ** 30)).filter(
    (x) => x < 2 ** 30,
  ).length;
  expect(Math.abs(third - 3000)).toBeLessThan(200);
});

test.each([0, -1, 1.5, Number.NaN, 2 ** 32 + 1])("a bound of %s is refused", (bound) => {
  expect(refusalOf(() => seededRandom("x").below(bound))).toBe("CORE_OUT_OF_RANGE");
});
