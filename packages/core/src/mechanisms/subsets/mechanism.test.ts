import { expect, test } from "vitest";
import { PPB } from "../../schema/primitives.ts";
import { subsetsMechanism } from "./mechanism.ts";
import { subsetsVector } from "./subsets-vector.ts";
import { candidate, parametersFor } from "./test/candidates.ts";

test("it is unknown until a cycle is complete", () => {
  const outcome = subsetsMechanism.decide({
    parameters: parametersFor(2),
    inputs: { candidates: null },
    block: 1,
  });
  expect(outcome).toEqual({ kind: "unknown", reason: "No cycle has been completed yet." });
});

test("then it says what the vector of its candidates is", () => {
  const candidates = [candidate("a", 1, [60, 70]), candidate("b", 2, [90, 60])];
  const outcome = subsetsMechanism.decide({ parameters: parametersFor(2), inputs: { candidates }, block: 1 });
  expect(outcome).toEqual({ kind: "vector", vector: subsetsVector(candidates, parametersFor(2)) });
});

test("a measured field without anybody is known, and burns", () => {
  const { presets } = subsetsMechanism;
  const outcome = subsetsMechanism.decide({
    parameters: presets.assay,
    inputs: { candidates: [] },
    block: 1,
  });
  expect(outcome).toEqual({ kind: "vector", vector: { policy: "burn", entries: [], burn: PPB } });
  expect(presets.source.preset).toBe("source");
});
