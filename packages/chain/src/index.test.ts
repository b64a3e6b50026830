import { expect, test } from "vitest";
import * as chain from "./index.ts";

test("the package exports exactly these names", () => {
  expect(Object.keys(chain).toSorted()).toEqual([
    "ChainError",
    "RETRYABLE",
    "connectChain",
    "metagraphColumns",
    "neuronOf",
    "planWeights",
  ]);
});
