import { Calibrated, type Evaluation } from "@assay/evaluator";
import { beforeAll, expect, test } from "vitest";
import { HOSTILE_AGENTS, NO_AGENT } from "../testing/agents.ts";
import { anAssignment } from "../testing/assignment.ts";
import { localWorker } from "./local.ts";
import { reviewBy } from "./review.ts";
import type { Worker } from "./worker.ts";

const local = localWorker(new Calibrated([]));
const assignment = anAssignment();
let truth: Extract<Evaluation, { ok: true }>;
beforeAll(async () => {
  const evaluation = await local.evaluate(assignment);
  if (!evaluation.ok) throw new Error(evaluation.failure.detail);
  truth = evaluation;
});

/** The real local worker, which remembers on which seeds it was asked. */
function watched() {
  const asked: string[][] = [];
  const worker: Worker = {
    ...local,
    evaluate(about) {
      asked.push([...about.job.seeds]);
      return local.evaluate(about);
    },
  };
  return { worker, asked };
}

/** The truth, except for one episode. */
const altered = (index: number): Evaluation => ({
  ok: true,
  episodes: truth.episodes.map((episode, i) =>
    i === index ? { ...episode, reward: episode.reward + 1e-9 } : episode,
  ),
});

const failing = (
  code: "EVALUATOR_AGENT_TRAP" | "EVALUATOR_AGENT_TIMEOUT" | "EVALUATOR_AGENT_REFUSED",
): Evaluation => ({
  ok: false,
  failure: { code, detail: "so it says" },
});

test("the truth passes, and costs no more than the episodes that were drawn", async () => {
  const { worker, asked } = watched();
  const draws = [2, 0];
  const review = reviewBy({ local: worker, episodes: 2, random: () => draws.shift() ?? 0 });
  expect(await review(truth, assignment)).toBe(truth);
  const [first, , third] = assignment.job.seeds;
  expect(asked).toEqual([[third, first]]);
});

test("an episode that never was is found where it is drawn, however small the lie", async () => {
  const { worker } = watched();
  const all = reviewBy({ local: worker, episodes: 100 });
  for (const index of [0, 1, 2])
    expect(await all(altered(index), assignment)).toMatchObject({
      reason: "mismatch",
      message: `episode ${index} ends differently here`,
    });
});

test("a failure that does not come about here is a lie", async () => {
  const review = reviewBy({ local, episodes: 1 });
  expect(await review(failing("EVALUATOR_AGENT_TRAP"), assignment)).toMatchObject({ reason: "mismatch" });
});

test("where machines may differ, what happens here stands", async () => {
  const review = reviewBy({ local, episodes: 1 });
  expect(await review(failing("EVALUATOR_AGENT_TIMEOUT"), assignment)).toEqual(truth);
});

test("a failure that comes about here too is taken, and episodes of such an agent are a lie", async () => {
  const bad = anAssignment({ artefact: NO_AGENT });
  const review = reviewBy({ local, episodes: 1 });
  const said = failing("EVALUATOR_AGENT_REFUSED");
  expect(await review(said, bad)).toBe(said);
  expect(await review(truth, bad)).toMatchObject({ reason: "mismatch" });
});

test("an agent that ends its stack on one machine alone makes no liar of an honest evaluator", async () => {
  const [deep] = HOSTILE_AGENTS["calls itself without end"] ?? [];
  const bad = anAssignment({ artefact: deep ?? NO_AGENT });
  const review = reviewBy({ local, episodes: 1 });
  expect(await review(truth, bad)).toBe(truth);
  const own = await local.evaluate(bad);
  expect(own).toMatchObject({ failure: { detail: expect.stringMatching(/^Maximum call stack/) } });
  if (!own.ok) expect(await review(own, assignment)).toEqual(truth);
}, 60_000);
