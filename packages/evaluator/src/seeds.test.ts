import { expect, test } from "vitest";
import { EvaluatorError } from "./errors.ts";
import { assertSeeds } from "./seeds.ts";

const SEED = "5f".repeat(32);

test("an empty list of seeds is refused", () => {
  expect(() => assertSeeds([])).toThrow(expect.objectContaining({ code: "EVALUATOR_NO_SEEDS" }));
});

test.each([
  ["upper case", SEED.toUpperCase()],
  ["too short", SEED.slice(1)],
  ["prefixed", `0x${SEED}`],
  ["empty", ""],
])("a seed that is %s is refused with its index", (_, seed) => {
  expect(() => assertSeeds([SEED, seed])).toThrow(EvaluatorError);
  expect(() => assertSeeds([SEED, seed])).toThrow(
    expect.objectContaining({ code: "EVALUATOR_SEED_INVALID", facts: { index: 1 } }),
  );
});
