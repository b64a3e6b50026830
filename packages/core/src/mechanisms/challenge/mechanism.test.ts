import { expect, test } from "vitest";
import { PPB } from "../../schema/primitives.ts";
import { scoreKey } from "../../scores/miner-score.ts";
import { refusalOf } from "../../test/refusal.ts";
import { challengeVector } from "./challenge-vector.ts";
import { challengeMechanism } from "./mechanism.ts";

const parameters = challengeMechanism.presets.assay;
const miners = ["a", "b"].map((hotkey) => ({ hotkey, type: "detector", registeredAtBlock: 10 }));
const scores = new Map(miners.map((miner) => [scoreKey(miner), { score: 0.5, idleSinceBlock: 900 }]));
const ask = (rounds: number, known = scores) =>
  challengeMechanism.decide({ parameters, inputs: { miners, scores: known, rounds }, block: 1000 });

test("a validator that knows nothing says so", () => {
  expect(ask(1000, new Map())).toEqual({ kind: "unknown", reason: "No miner has a score yet." });
});

test("until it is warmed up its state is unknown, then it is its vector", () => {
  expect(ask(49)).toEqual({ kind: "unknown", reason: "Warming up: 49 of 50 rounds." });
  expect(ask(50)).toEqual({
    kind: "vector",
    vector: challengeVector({ block: 1000, parameters, miners, scores }),
  });
});

test("that all known scores are zero is known, and burns", () => {
  const zeros = new Map(miners.map((miner) => [scoreKey(miner), { score: 0, idleSinceBlock: 900 }]));
  expect(ask(50, zeros)).toEqual({ kind: "vector", vector: { policy: "burn", entries: [], burn: PPB } });
});

test("every validator decides for itself", () => {
  expect(challengeMechanism.decidedBy).toBe("validator");
});

test("half a round is refused", () => {
  expect(refusalOf(() => ask(49.5))).toBe("CORE_OUT_OF_RANGE");
});
