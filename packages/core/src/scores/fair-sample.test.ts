import fc from "fast-check";
import { expect, test } from "vitest";
import { refusalOf } from "../test/refusal.ts";
import { FIRST_SAMPLE, fairSample, type SampleState } from "./fair-sample.ts";

const miners = (n: number) => Array.from({ length: n }, (_, i) => `5Miner${i}`);

/** The draws of several rounds over one population. */
function draws(
  population: readonly string[],
  draw: { size: number; seed: string; rounds: number },
): string[][] {
  let state: SampleState = FIRST_SAMPLE;
  return Array.from({ length: draw.rounds }, () => {
    const sample = fairSample(population, draw, state);
    state = sample.state;
    return [...sample.drawn];
  });
}

test("three draws of 50 of 120: 100 once, then the last 20 and 30 of the next shuffle", () => {
  const [first, second, third] = draws(miners(120), { size: 50, seed: "s", rounds: 3 });
  expect(new Set([...first!, ...second!]).size).toBe(100);
  expect(new Set(third).size).toBe(50);
  expect(third!.slice(0, 20).some((miner) => first!.includes(miner) || second!.includes(miner))).toBe(false);
});

test("the same seed draws the same miners whatever the order they are given in", () => {
  const population = miners(30);
  const draw = { size: 7, seed: "same", rounds: 12 };
  expect(draws(population.toReversed(), draw)).toEqual(draws(population, draw));
  expect(draws(population, { ...draw, seed: "other" })).not.toEqual(draws(population, draw));
});

test("with no more miners than are asked for everybody is drawn every time", () => {
  for (const drawn of draws(miners(5), { size: 50, seed: "s", rounds: 4 }))
    expect(drawn.toSorted()).toEqual(miners(5));
});

test("nobody is drawn twice at once, and nobody falls behind by more than one", () => {
  const anyDraw = fc.record({
    n: fc.integer({ min: 1, max: 40 }),
    size: fc.integer({ min: 1, max: 45 }),
    rounds: fc.integer({ min: 1, max: 30 }),
    seed: fc.string(),
  });
  fc.assert(
    fc.property(anyDraw, ({ n, ...draw }) => {
      const all = draws(miners(n), draw);
      for (const drawn of all) {
        expect(drawn.length).toBe(Math.min(n, draw.size));
        expect(new Set(drawn).size).toBe(drawn.length);
      }
      const counts = miners(n).map((miner) => all.filter((drawn) => drawn.includes(miner)).length);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }),
  );
});

test("who is gone is passed over, who is new comes in with the next shuffle", () => {
  const draw = { size: 4, seed: "s" };
  const first = fairSample(miners(10), draw, FIRST_SAMPLE);
  const gone = first.state.remaining[0]!;
  const population = [...miners(10).filter((miner) => miner !== gone), "5New"];
  const second = fairSample(population, draw, first.state);
  expect([...second.drawn]).toEqual(first.state.remaining.slice(1, 5));
  const third = fairSample(population, draw, second.state);
  const fourth = fairSample(population, draw, third.state);
  const later = fairSample(population, draw, fourth.state);
  expect([...third.drawn, ...fourth.drawn, ...later.drawn]).toContain("5New");
});

test("each miner is as likely as any other to come first", () => {
  const counts = new Map<string, number>();
  for (let seed = 0; seed < 4000; seed += 1) {
    const [first] = fairSample(miners(4), { size: 1, seed: String(seed) }, FIRST_SAMPLE).drawn;
    counts.set(first!, (counts.get(first!) ?? 0) + 1);
  }
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(130);
});

test("nobody to draw is an empty draw; a broken size or a miner listed twice is refused", () => {
  expect(fairSample([], { size: 5, seed: "s" }, FIRST_SAMPLE).drawn).toEqual([]);
  expect(refusalOf(() => fairSample(miners(3), { size: 0, seed: "s" }, FIRST_SAMPLE))).toBe(
    "CORE_OUT_OF_RANGE",
  );
  expect(refusalOf(() => fairSample(["a", "a"], { size: 1, seed: "s" }, FIRST_SAMPLE))).toBe(
    "CORE_DUPLICATE",
  );
});
