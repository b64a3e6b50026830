import fc from "fast-check";
import { expect, test } from "vitest";
import { rational } from "../exact/rational.ts";
import { ranking } from "./ranking.ts";

const contender = (id: string, score: bigint, acceptedAtBlock: number, sequence: number) => ({
  id,
  score: rational(score, 100n),
  acceptedAtBlock,
  sequence,
});
const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);

test("the better score stands first, whenever it came", () => {
  expect(ids(ranking([contender("early", 70n, 1, 1), contender("late", 71n, 9, 9)]))).toEqual([
    "late",
    "early",
  ]);
});

test("ties go to the earlier block, then to the earlier receipt", () => {
  const tied = [contender("c", 70n, 5, 2), contender("b", 70n, 5, 1), contender("a", 70n, 4, 9)];
  expect(ids(ranking(tied))).toEqual(["a", "b", "c"]);
});

test("the order in which contenders are listed never matters", () => {
  const field = fc.uniqueArray(
    fc.record({
      score: fc.bigInt({ min: 0n, max: 3n }).map((score) => rational(score)),
      acceptedAtBlock: fc.nat({ max: 3 }),
      sequence: fc.nat({ max: 50 }),
    }),
    { selector: ({ sequence }) => sequence, maxLength: 10 },
  );
  fc.assert(
    fc.property(field, (contenders) => {
      expect(ranking(contenders.toReversed())).toEqual(ranking(contenders));
    }),
  );
});
