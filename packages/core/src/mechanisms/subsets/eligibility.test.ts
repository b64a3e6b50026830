import { expect, test } from "vitest";
import { isSubsetEligible } from "./eligibility.ts";
import { candidate, parametersFor } from "./test/candidates.ts";

const rules = parametersFor(2, { minSuccessRate: 500_000_000, minEpisodes: 200 });

test.each([
  ["half of all episodes is enough", [90, 10], 100, true],
  ["one success less is not", [90, 9], 100, false],
  ["199 episodes are not", [99, 99], 99, false],
] as const)("%s", (_name, successes, episodes, isEligible) => {
  expect(isSubsetEligible(candidate("a", 1, successes, episodes), rules)).toBe(isEligible);
});

test("an environment that was never run is not a zero", () => {
  const records = [
    { successes: 400, episodes: 400 },
    { successes: 0, episodes: 0 },
  ];
  expect(isSubsetEligible({ ...candidate("a", 1, []), records }, rules)).toBe(false);
});

test("a third of three episodes is exactly a third", () => {
  const third = parametersFor(1, { minSuccessRate: 333_333_333 });
  expect(isSubsetEligible(candidate("a", 1, [1], 3), third)).toBe(true);
  const more = parametersFor(1, { minSuccessRate: 333_333_334 });
  expect(isSubsetEligible(candidate("a", 1, [1], 3), more)).toBe(false);
});

test("by the source's rules everybody is eligible", () => {
  expect(isSubsetEligible(candidate("a", 1, [0, 0]), { ...rules, preset: "source" })).toBe(true);
});
