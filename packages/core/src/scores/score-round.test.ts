import fc from "fast-check";
import { expect, test } from "vitest";
import { expectClose } from "../test/close.ts";
import { refusalOf } from "../test/refusal.ts";
import { scoringVectors } from "../test/scoring-vectors.ts";
import { type MinerScore, scoreKey } from "./miner-score.ts";
import { scoreRound, scoreRules } from "./score-round.ts";

type Step = { rewards: Record<string, number> } | { replace: number[] } | { resize: number };
type Vector = {
  id: string;
  note: string;
  input: { alpha: number; initial: number[]; unsampled: "hold" | "zero"; steps: Step[] };
  expected: { scores_after_each_step: number[][] };
};

/** The vectors speak of uids; who sits there decides the key, so a new owner or a new uid starts from 0. */
const keyOf = (uid: number, generation: number) =>
  scoreKey({ hotkey: `5Miner${uid}`, registeredAtBlock: generation, type: "detector" });

test.each(scoringVectors<Vector>("ema"))("$id: $note", ({ input, expected }) => {
  const rules = {
    alpha: input.alpha,
    idleHalfLifeBlocks: null,
    unsampled: input.unsampled === "zero" ? 0 : ("hold" as const),
  };
  let keys = input.initial.map((_, uid) => keyOf(uid, 0));
  let scores = new Map(input.initial.map((score, uid) => [keys[uid]!, { score, idleSinceBlock: 0 }]));
  for (const [block, step] of input.steps.entries()) {
    if ("replace" in step)
      keys = keys.map((key, uid) => (step.replace.includes(uid) ? keyOf(uid, block) : key));
    if ("resize" in step)
      keys = Array.from({ length: step.resize }, (_, uid) => keys[uid] ?? keyOf(uid, block));
    if ("rewards" in step) {
      const observations = new Map(
        Object.entries(step.rewards).map(([uid, reward]) => [keys[Number(uid)]!, { reward, isValid: true }]),
      );
      scores = scoreRound(scores, { block, observations }, rules);
    }
    const wanted = expected.scores_after_each_step[block]!;
    expect(keys.length).toBe(wanted.length);
    for (const [uid, score] of wanted.entries()) expectClose(scores.get(keys[uid]!)?.score ?? 0, score);
  }
});

const held = (score: number, idleSinceBlock = 0): MinerScore => ({ score, idleSinceBlock });
const observed = (entries: Record<string, number | null>) =>
  new Map(
    Object.entries(entries).map(([key, reward]) => [key, { reward: reward ?? 0, isValid: reward !== null }]),
  );

test("the presets differ in idleness only", () => {
  expect(scoreRules("assay")).toEqual({ alpha: 0.02, idleHalfLifeBlocks: 7200, unsampled: "hold" });
  expect(scoreRules("source")).toEqual({ alpha: 0.02, idleHalfLifeBlocks: null, unsampled: "hold" });
});

test("the sampled move, the others hold, the new start from 0 at this block", () => {
  const scores = new Map([
    ["a", held(0.5)],
    ["b", held(0.4)],
  ]);
  const next = scoreRound(scores, { block: 10, observations: observed({ b: 1, c: 1 }) }, scoreRules("assay"));
  expect([...next.keys()]).toEqual(["a", "b", "c"]);
  expect(next.get("a")).toEqual(held(0.5));
  expect(next.get("b")?.idleSinceBlock).toBe(10);
  expect(next.get("b")?.score).toBeCloseTo(0.412, 15);
  expect(next.get("c")).toEqual({ score: 0.02, idleSinceBlock: 10 });
  expect(scores.get("b")).toEqual(held(0.4));
});

test("an invalid answer moves the score but does not end idleness", () => {
  const rules = scoreRules("assay");
  const once = scoreRound(
    new Map([["a", held(0.5)]]),
    { block: 7199, observations: observed({ a: null }) },
    rules,
  );
  expect(once.get("a")).toEqual({ score: 0.49, idleSinceBlock: 0 });
  const twice = scoreRound(once, { block: 7200, observations: new Map() }, rules);
  expect(twice.get("a")).toEqual({ score: 0.245, idleSinceBlock: 7200 });
});

test("a dead miner halves every 7,200 blocks under assay and keeps its score under source", () => {
  const dead = new Map([["a", held(0.9)]]);
  const after = (preset: "assay" | "source") =>
    scoreRound(dead, { block: 21_600, observations: new Map() }, scoreRules(preset)).get("a")?.score;
  expect([after("assay"), after("source")]).toEqual([0.1125, 0.9]);
});

test("others may be pulled to a value instead", () => {
  const rules = { ...scoreRules("source"), alpha: 0.5, unsampled: 0.5 };
  const next = scoreRound(new Map([["a", held(0.9)]]), { block: 1, observations: new Map() }, rules);
  expect(next.get("a")?.score).toBeCloseTo(0.7, 15);
});

test("a reward that is no number is refused", () => {
  const round = { block: 1, observations: observed({ a: Number.NaN }) };
  expect(refusalOf(() => scoreRound(new Map(), round, scoreRules("assay")))).toBe("CORE_OUT_OF_RANGE");
});

const anyReward = fc.double({ min: 0, max: 1, noNaN: true });
const anyRounds = fc.array(fc.record({ gap: fc.nat({ max: 20_000 }), reward: fc.option(anyReward) }), {
  maxLength: 20,
});

function play(rounds: readonly { gap: number; reward: number | null }[]): number {
  let [scores, block] = [new Map<string, MinerScore>(), 0];
  for (const { gap, reward } of rounds) {
    block += gap;
    scores = scoreRound(scores, { block, observations: observed({ a: reward }) }, scoreRules("assay"));
  }
  return scores.get("a")?.score ?? 0;
}

test("better answers never score worse, and nothing leaves 0..1", () => {
  fc.assert(
    fc.property(anyRounds, fc.nat(), anyReward, (rounds, pick, reward) => {
      const better = rounds.map((round, i) =>
        i === pick % rounds.length ? { ...round, reward: Math.max(round.reward ?? 0, reward) } : round,
      );
      expect(play(better)).toBeGreaterThanOrEqual(play(rounds));
      expect(play(better)).toBeLessThanOrEqual(1);
    }),
  );
});
