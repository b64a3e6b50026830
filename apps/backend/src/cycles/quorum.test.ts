import type { Job } from "@assay/core";
import { latestSnapshot } from "@assay/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scoringDuty } from "../duties/scoring.ts";
import { createDesk, type Desk } from "../testing/desk.ts";
import { beat, enlist, evaluated, openCompetition, submit } from "../testing/work.ts";
import { createWorld, hotkeyOf, VALIDATORS, type World } from "../testing/world.ts";

const CYCLE_BLOCKS = 8;

let world: World;
let desk: Desk;
beforeAll(async () => {
  world = await createWorld();
  desk = await createDesk(world);
  await enlist(desk, VALIDATORS);
  await score();
});
afterAll(async () => {
  await desk.close();
  await world.close();
});

const reviewer = () => desk.as("reviewer");
const judgedOf = (id: string) => reviewer().submissions.get({ id });
const score = () => desk.run(scoringDuty(desk.backend, { everySeconds: 0 }));
let salt = 0;

/** A submission whose cycle has just closed. */
async function begin({ competitionId = "", by = "Mia" } = {}) {
  for (const name of VALIDATORS) await beat(desk, name);
  const id = competitionId || (await openCompetition(desk, { cycleBlocks: CYCLE_BLOCKS })).id;
  salt += 1;
  const skill = { share: 0.6, salt: `quorum ${salt}` };
  const { submission } = await submit(desk, { name: by, competitionId: id, skill });
  for (let made = 0; (await judgedOf(submission.id)).status === "waiting" && made < 20; made += 1)
    await desk.cycle(1);
  return { competitionId: id, submissionId: submission.id };
}

/** Does with every job a validator can claim what is given; returns how many there were. */
async function eachJob(name: string, act: (job: Job) => Promise<unknown>): Promise<number> {
  const validator = await desk.signedBy(name);
  for (let count = 0; ; count += 1) {
    const job = await validator.jobs.claim();
    if (job === null) return count;
    await act(job);
  }
}

async function report(name: string, changed = {}): Promise<number> {
  const validator = await desk.signedBy(name);
  return eachJob(name, async (job) =>
    validator.results.report(await evaluated(desk, { name, job, changed })),
  );
}

const reason = "EVALUATOR_MISCALIBRATED: the reference agent greedy gave something else here";

async function giveUp(name: string): Promise<number> {
  const validator = await desk.signedBy(name);
  return eachJob(name, ({ id, attempt }) => validator.jobs.fail({ id, attempt, reason }));
}

async function newest() {
  const snapshot = await latestSnapshot(world.db, desk.backend);
  return snapshot?.version;
}

async function leadBy(by: string) {
  const begun = await begin({ by });
  for (const name of VALIDATORS) await report(name);
  await desk.cycle(1);
  const { competitionId } = begun;
  const [candidate] = (await reviewer().candidates.list({ competitionId })).items;
  await desk.as("admin").candidates.approve({ id: candidate?.id ?? "" });
  return begun;
}

test("when every validator gave up, the extension asks them again", async () => {
  const { submissionId } = await begin();
  for (const name of VALIDATORS) expect(await giveUp(name)).toBe(3);
  await desk.cycle(CYCLE_BLOCKS - 1);
  expect((await judgedOf(submissionId)).status).toBe("evaluating");
  expect(await report("Vera")).toBe(0);
  await desk.cycle(1);
  for (const name of VALIDATORS) expect(await report(name)).toBe(1);
  await desk.cycle(1);
  expect((await judgedOf(submissionId)).status).toBe("candidate");
  const { items } = await desk.as("admin").audit.list({ limit: 200 });
  expect(items).toContainEqual(
    expect.objectContaining({ actor: "cycles", action: "cycle.ask-again", facts: { jobs: 2 } }),
  );
});

test("validators that fail in the extension as well leave the submission unscored, and the leader is paid as before", async () => {
  const { competitionId } = await leadBy("Mo");
  const before = await newest();
  const { submissionId } = await begin({ competitionId });
  for (const name of VALIDATORS) expect(await giveUp(name)).toBe(6);
  await desk.cycle(CYCLE_BLOCKS);
  for (let again = 0; again < 3; again += 1) {
    for (const name of VALIDATORS) expect(await giveUp(name)).toBe(2);
    await desk.cycle(1);
  }
  const { submission, validators } = await reviewer().submissions.explain({ id: submissionId });
  expect(submission).toMatchObject({ status: "unscored", figures: null });
  const failed = { outcome: "failed", code: "EVALUATOR_MISCALIBRATED" };
  expect(validators).toEqual(VALIDATORS.map(() => ({ validator: expect.any(String), ...failed })));
  await score();
  expect(await newest()).toBe(before);
  expect((await desk.as("admin").leaders.list()).map((leader) => leader.competitionId)).toContain(
    competitionId,
  );
});

test("a validator that gives up says why to admins, and only the code to everybody", async () => {
  const { submissionId, competitionId } = await begin();
  const before = await reviewer().submissions.explain({ id: submissionId });
  expect(before.validators).toMatchObject(VALIDATORS.map(() => ({ outcome: "waiting", code: null })));
  await report("Vera");
  await giveUp("Viktor");
  const [vera, viktor] = await Promise.all(VALIDATORS.map(async (name) => (await hotkeyOf(name)).address));
  const { validators } = await reviewer().submissions.explain({ id: submissionId });
  expect(new Map(validators?.map(({ validator, outcome, code }) => [validator, [outcome, code]]))).toEqual(
    new Map([
      [vera, ["scored", null]],
      [viktor, ["failed", "EVALUATOR_MISCALIBRATED"]],
    ]),
  );
  const { items } = await desk.as("admin").audit.list({ limit: 200 });
  const act = items.find(
    ({ action, facts }) => action === "job.give-up" && facts["submissionId"] === submissionId,
  );
  expect(act).toMatchObject({ actor: viktor, facts: { failures: 3, error: reason } });
  const { submission: next } = await submit(desk, {
    name: "Mo",
    competitionId,
    skill: { share: 0.5, salt: "waits" },
  });
  expect((await reviewer().submissions.explain({ id: next.id })).validators).toBeNull();
});

test("the word of a validator about an agent of its own coldkey does not count", async () => {
  const { submissionId } = await begin({ by: "Vera" });
  await report("Vera");
  const failure = { code: "EVALUATOR_AGENT_TRAP", detail: "unreachable" };
  await report("Viktor", { failure, episodes: [] });
  await desk.cycle(1);
  expect(await judgedOf(submissionId)).toMatchObject({ status: "ineligible", failure });
});

test("a validator that scored the entrant but not the leader has no word in the comparison", async () => {
  const { competitionId } = await leadBy("Max");
  const { submissionId } = await begin({ competitionId });
  await report("Vera");
  const viktor = await desk.signedBy("Viktor");
  await eachJob("Viktor", async (job) =>
    job.submissionId === submissionId
      ? viktor.results.report(await evaluated(desk, { name: "Viktor", job }))
      : viktor.jobs.fail({ id: job.id, attempt: job.attempt, reason }),
  );
  await desk.cycle(2 * CYCLE_BLOCKS + 1);
  expect(await judgedOf(submissionId)).toMatchObject({
    status: "unscored",
    explanation: expect.stringContaining("1 of the 2 validators asked"),
  });
});
