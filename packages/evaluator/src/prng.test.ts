import fc from "fast-check";
import { expect, test } from "vitest";
import { Prng } from "./prng.ts";
import { hexSeed } from "./test/seeds.ts";

const MASK = 0xffff_ffffn;
type State = { a: bigint; b: bigint; c: bigint; counter: bigint };

/** sfc32 once more, in unbounded integers masked to 32 bits. */
function round(state: State): { word: bigint; next: State } {
  const word = (state.a + state.b + state.counter) & MASK;
  const rotated = ((state.c << 21n) | (state.c >> 11n)) & MASK;
  const next = {
    a: state.b ^ (state.b >> 9n),
    b: (state.c + (state.c << 3n)) & MASK,
    c: (rotated + word) & MASK,
    counter: (state.counter + 1n) & MASK,
  };
  return { word, next };
}

function expected(seed: string, count: number): number[] {
  const word = (i: number) => BigInt(`0x${seed.slice(8 * i, 8 * i + 8)}`);
  let state: State = { a: word(0), b: word(1), c: word(2), counter: word(3) };
  const step = () => {
    const { word, next } = round(state);
    state = next;
    return Number(word);
  };
  for (let i = 0; i < 12; i += 1) step();
  state = {
    a: state.a ^ word(4),
    b: state.b ^ word(5),
    c: state.c ^ word(6),
    counter: state.counter ^ word(7),
  };
  for (let i = 0; i < 12; i += 1) step();
  return Array.from({ length: count }, step);
}

test("draws the words of sfc32 for any seed", () => {
  fc.assert(
    fc.property(hexSeed, (seed) => {
      const prng = new Prng(seed);
      expect(Array.from({ length: 20 }, () => prng.nextWord())).toEqual(expected(seed, 20));
    }),
  );
});

test("draws these words for the seed of zeros, on every machine", () => {
  const prng = new Prng("0".repeat(64));
  expect([prng.nextWord(), prng.nextWord(), prng.nextWord()]).toEqual([
    1_584_407_498, 1_358_064_631, 4_058_099_874,
  ]);
});

test("stays inside the bounds it is given", () => {
  fc.assert(
    fc.property(
      hexSeed,
      fc.integer({ min: -1000, max: 1000 }),
      fc.integer({ min: 1, max: 1000 }),
      (seed, low, span) => {
        const drawn = new Prng(seed).between(low, low + span);
        expect(drawn).toBeGreaterThanOrEqual(low);
        expect(drawn).toBeLessThan(low + span);
      },
    ),
  );
});

test("each half of the seed matters", () => {
  const words = ["0".repeat(64), `1${"0".repeat(63)}`, `${"0".repeat(63)}1`].map((seed) =>
    new Prng(seed).nextWord(),
  );
  expect(new Set(words).size).toBe(3);
});
