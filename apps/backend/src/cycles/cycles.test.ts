import { lockCompetition } from "@assay/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDesk, type Desk } from "../testing/desk.ts";
import { beat, enlist, evaluated, openCompetition, submit, workAll } from "../testing/work.ts";
import { createWorld, hotkeyOf, TEMPO, VALIDATORS, type World } from "../testing/world.ts";

let world: World;
let desk: Desk;
beforeAll(async () => {
  world = await createWorld();
  desk = await createDesk(world);
});
afterAll(async () => {
  await desk.close();
  await world.close();
});

const reviewer = () => desk.as("reviewer");
const statusOf = async (id: string) => (await reviewer().submissions.get({ id })).status;
const beatAll = async () => {
  for (const name of VALIDATORS) await beat(desk, name);
};
let salt = 0;

/** A competition of its own with one submission of Mia's. */
async function begin(cycleBlocks = 10) {
  const { id: competitionId } = await openCompetition(desk, { cycleBlocks });
  salt += 1;
  const skill = { share: 0.6, salt: `cycle ${salt}` };
  const { submission } = await submit(desk, { name: "Mia", competitionId, skill });
  return { competitionId, submission };
}

test("without any validator to ask, submissions wait instead of failing", async () => {
  const { submission } = await begin();
  await desk.cycle(12);
  expect(await statusOf(submission.id)).toBe("waiting");
  await enlist(desk, VALIDATORS);
  await desk.cycle(1);
  expect(await statusOf(submission.id)).toBe("evaluating");
});

test("a validator is asked only with permit, key in force, and a heartbeat within two epochs", async () => {
  await beat(desk, "Vera");
  await desk.blocks(TEMPO);
  await beat(desk, "Viktor");
  await beat(desk, "Mia");
  await desk.blocks(TEMPO + 1);
  const { submission } = await begin(6);
  await desk.cycle(6);
  expect(await statusOf(submission.id)).toBe("evaluating");
  const claims = await Promise.all(
    [...VALIDATORS, "Mia"].map(async (name) => (await desk.signedBy(name)).jobs.claim()),
  );
  expect(claims.map((job) => job?.submissionId === submission.id)).toEqual([false, true, false]);
});

test("a competition's first cycle waits five blocks for company, the next ones a whole period", async () => {
  await beatAll();
  const { competitionId, submission } = await begin(10);
  await desk.cycle(4);
  expect(await statusOf(submission.id)).toBe("waiting");
  await desk.cycle(1);
  expect(await statusOf(submission.id)).toBe("evaluating");
  for (const name of VALIDATORS) await workAll(desk, name);
  await desk.cycle(1);
  const next = await submit(desk, { name: "Mo", competitionId, skill: { share: 0.1, salt: "next" } });
  await beatAll();
  await desk.cycle(8);
  expect(await statusOf(next.submission.id)).toBe("waiting");
  await desk.cycle(1);
  expect(await statusOf(next.submission.id)).toBe("evaluating");
});

test("at the deadline a quorum is enough, and the jobs left over are cancelled", async () => {
  await beatAll();
  const { submission, competitionId } = await begin(8);
  const roster = await openRosterOf(competitionId);
  for (const name of roster) await workOn(name, competitionId);
  await desk.cycle(1);
  expect(await statusOf(submission.id)).toBe("candidate");
});

test("without a quorum there is one extension, then the submission is unscored", async () => {
  await beatAll();
  const { submission, competitionId } = await begin(8);
  await desk.cycle(5);
  await workOn("Vera", competitionId);
  await desk.cycle(8);
  expect(await statusOf(submission.id)).toBe("evaluating");
  await desk.cycle(8);
  const judged = await reviewer().submissions.get({ id: submission.id });
  expect(judged).toMatchObject({ status: "unscored", figures: null });
  expect(judged.explanation).toMatch(/1 of .*2 validators/);
  expect((await reviewer().candidates.list({ competitionId })).items).toEqual([]);
  expect(await workOn("Viktor", competitionId)).toBe(0);
});

test("a result that arrives while its cycle is being judged counts", async () => {
  await beatAll();
  const { submission, competitionId } = await begin(8);
  await desk.cycle(5);
  await workOn("Vera", competitionId);
  await desk.cycle(15);
  const judging = await world.db.transaction().execute(async (trx) => {
    await lockCompetition(trx, competitionId);
    const last = desk.cycle(1);
    expect(await workOn("Viktor", competitionId)).toBe(1);
    return { last };
  });
  await judging.last;
  expect(await statusOf(submission.id)).toBe("candidate");
});

test("whoever was compared with a leader that is gone by the end waits for another cycle", async () => {
  await beatAll();
  const { competitionId, submission: first } = await begin(6);
  await desk.cycle(5);
  for (const name of VALIDATORS) await workOn(name, competitionId);
  await desk.cycle(1);
  const skill = { share: 0.95, salt: `challenger ${competitionId}` };
  const { submission: challenger } = await submit(desk, { name: "Mo", competitionId, skill });
  await desk.cycle(6);
  expect(await statusOf(challenger.id)).toBe("evaluating");
  const [candidate] = (await reviewer().candidates.list({ competitionId })).items;
  expect(candidate?.submissionId).toBe(first.id);
  await desk.as("admin").candidates.approve({ id: candidate?.id ?? "" });
  for (const name of VALIDATORS) await workOn(name, competitionId);
  await desk.cycle(1);
  const again = await reviewer().submissions.get({ id: challenger.id });
  expect([again.status, again.explanation]).toEqual([
    "waiting",
    "waits for another cycle, in which it runs beside whoever leads then",
  ]);
  await beatAll();
  await desk.cycle(6);
  for (const name of VALIDATORS) await workOn(name, competitionId);
  await desk.cycle(1);
  const pending = (await reviewer().candidates.list({ competitionId, status: "pending" })).items;
  expect(pending).toMatchObject([
    { submissionId: challenger.id, comparison: { leaderSubmissionId: first.id } },
  ]);
});

test("an agent that fails as a whole is ineligible, with the failure in sight", async () => {
  await beatAll();
  const { competitionId, submission } = await begin(8);
  await desk.cycle(5);
  const failure = { code: "EVALUATOR_AGENT_TIMEOUT", detail: "no answer within 5 s" };
  for (const name of VALIDATORS) await workOn(name, competitionId, { failure, episodes: [] });
  await desk.cycle(1);
  const judged = await reviewer().submissions.get({ id: submission.id });
  expect(judged).toMatchObject({ status: "ineligible", failure });
  expect(judged.explanation).toContain("EVALUATOR_AGENT_TIMEOUT");
});

test("closing and judging a cycle stand in the audit log", async () => {
  const acts = (await desk.as("admin").audit.list({ limit: 200 })).items.map(({ action, actor }) => [
    actor,
    action,
  ]);
  expect(acts).toContainEqual(["cycles", "cycle.close"]);
  expect(acts).toContainEqual(["cycles", "cycle.finish"]);
});

async function openRosterOf(competitionId: string): Promise<string[]> {
  await desk.cycle(5);
  const [cycle] = (await reviewer().cycles.list({ competitionId })).items.slice(-1);
  expect(cycle?.status).toBe("running");
  return [...VALIDATORS];
}

/** Does a validator's jobs of one competition and gives others' back; returns how many it did. */
async function workOn(name: string, competitionId: string, changed = {}): Promise<number> {
  const validator = await desk.signedBy(name);
  for (let done = 0; ; ) {
    const job = await validator.jobs.claim();
    if (job === null) return done;
    if (job.competitionId !== competitionId) continue;
    await validator.results.report(await evaluated(desk, { name, job, changed }));
    done += 1;
  }
}

test("a hotkey's validator key that was revoked takes it off the roster", async () => {
  await beatAll();
  const { address: hotkey } = await hotkeyOf("Viktor");
  const keys = (await desk.as("admin").keys.list({})).items.filter((key) => key.hotkey === hotkey);
  for (const { id } of keys) await desk.as("admin").keys.revoke({ id });
  const { competitionId } = await begin(8);
  await desk.cycle(5);
  expect(await workOn("Viktor", competitionId)).toBe(0);
  expect(await workOn("Vera", competitionId)).toBe(1);
});
