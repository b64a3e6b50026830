import { deriveSeeds, type Episode, type Job } from "@assay/core";
import { lockCompetition } from "@assay/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeCompetition } from "../competitions/end.ts";
import { createDesk, type Desk } from "../testing/desk.ts";
import { beat, enlist, openCompetition, signedResult, submit } from "../testing/work.ts";
import { createWorld, VALIDATORS, type World } from "../testing/world.ts";

/** Rounds end after 40, 80 and 100 episodes. */
const THRESHOLDS = { minEpisodes: 40, maxEpisodes: 100, minSuccessRate: 0.3 };
const CYCLE_BLOCKS = 8;

let world: World;
let desk: Desk;
beforeAll(async () => {
  world = await createWorld();
  desk = await createDesk(world);
  await enlist(desk, VALIDATORS);
});
afterAll(async () => {
  await desk.close();
  await world.close();
});

const reviewer = () => desk.as("reviewer");
const judgedOf = (id: string) => reviewer().submissions.get({ id });
let salt = 0;

async function enter(competitionId: string, name: string) {
  salt += 1;
  const skill = { share: 0, salt: `round ${salt}` };
  return (await submit(desk, { name, competitionId, skill })).submission.id;
}

/** A competition that Mia leads and whose next cycle has just closed, with Mo as its entrant. */
async function begin() {
  for (const name of VALIDATORS) await beat(desk, name);
  const { id: competitionId } = await openCompetition(desk, {
    cycleBlocks: CYCLE_BLOCKS,
    thresholds: THRESHOLDS,
  });
  const leader = await enter(competitionId, "Mia");
  await desk.cycle(5);
  await playAll({ [leader]: 20 });
  await desk.cycle(1);
  const [candidate] = (await reviewer().candidates.list({ competitionId })).items;
  await desk.as("admin").candidates.approve({ id: candidate?.id ?? "" });
  const entrant = await enter(competitionId, "Mo");
  await desk.cycle(CYCLE_BLOCKS - 1);
  const [, running] = (await reviewer().cycles.list({ competitionId })).items;
  expect(running?.status).toBe("running");
  return { competitionId, leader, entrant, cycleId: running?.id ?? "" };
}

/** Successes by submission; an agent succeeds on the first seeds of a round. */
type Wins = { [submissionId: string]: number };

/** Does every job a validator can claim; returns them. */
async function play(name: string, wins: Wins): Promise<Job[]> {
  const validator = await desk.signedBy(name);
  const jobs: Job[] = [];
  for (;;) {
    const job = await validator.jobs.claim();
    if (job === null) return jobs;
    jobs.push(job);
    const episodes = job.seeds.map((_, seed) => episodeOf(seed < (wins[job.submissionId] ?? 0)));
    await validator.results.report(await signedResult({ name, job, episodes }));
  }
}

const episodeOf = (success: boolean): Episode => ({ success, reward: success ? 1 : 0, steps: 1 });

async function playAll(wins: Wins): Promise<Job[]> {
  const jobs: Job[] = [];
  for (const name of VALIDATORS) jobs.push(...(await play(name, wins)));
  return jobs;
}

async function actsOn(cycleId: string) {
  const { items } = await desk.as("admin").audit.list({ limit: 200 });
  return items.filter(({ action, target }) => action === "cycle.run-on" && target === cycleId);
}

test("a lead that is clear at once takes no extra episodes", async () => {
  const { leader, entrant, cycleId } = await begin();
  await playAll({ [leader]: 12, [entrant]: 40 });
  await desk.cycle(1);
  expect(await judgedOf(entrant)).toMatchObject({ status: "candidate", figures: { episodes: 40 } });
  expect(await actsOn(cycleId)).toEqual([]);
});

test("near the bar entrant and leader run the same extra seeds, which decide, and the audit log says so", async () => {
  const { leader, entrant, cycleId } = await begin();
  const first = await playAll({ [leader]: 20, [entrant]: 23 });
  await desk.cycle(1);
  expect(await judgedOf(entrant)).toMatchObject({
    status: "evaluating",
    explanation: "runs 80 episodes in all, because fewer decide nothing",
  });
  const extra = await playAll({ [leader]: 10, [entrant]: 40 });
  expect(extra.map(({ submissionId }) => submissionId).toSorted()).toEqual(
    [leader, leader, entrant, entrant].toSorted(),
  );
  expect(new Set(extra.map(({ seeds }) => seeds.join())).size).toBe(1);
  await desk.cycle(1);
  expect(await judgedOf(entrant)).toMatchObject({
    status: "candidate",
    figures: { episodes: 80, successRate: 63 / 80 },
  });
  expect(await actsOn(cycleId)).toMatchObject([
    { actor: "cycles", facts: { round: 1, episodes: 80, entrants: [entrant], leader } },
  ]);
  const { secret, randomness } = await reviewer().cycles.get({ id: cycleId });
  const seeds = await deriveSeeds({ secret: secret ?? "", randomness: randomness ?? "", count: 80 });
  expect([...(first[0]?.seeds ?? []), ...(extra[0]?.seeds ?? [])]).toEqual(seeds);
});

test("the comparison shown of a candidate covers every seed that both ran", async () => {
  const { competitionId, leader, entrant } = await begin();
  await playAll({ [leader]: 20, [entrant]: 23 });
  await desk.cycle(1);
  await playAll({ [leader]: 10, [entrant]: 40 });
  await desk.cycle(1);
  const [candidate] = (await reviewer().candidates.list({ competitionId, status: "pending" })).items;
  const { environments } = await desk.as("admin").candidates.compare({ id: candidate?.id ?? "" });
  expect(environments[0]?.byValidator).toMatchObject(
    VALIDATORS.map(() => ({ leader: { episodes: 80 }, paired: { seeds: 80, onlyChallenger: 33 } })),
  );
});

test("at the maximum the bar decides, and nothing more is run", async () => {
  const { leader, entrant, cycleId } = await begin();
  const counts = [];
  for (let round = 0; round < 3; round += 1) {
    const jobs = await playAll({ [leader]: 10, [entrant]: 12 });
    counts.push(jobs.map(({ seeds }) => seeds.length));
    await desk.cycle(1);
  }
  expect(counts).toEqual([40, 40, 20].map((count) => Array(4).fill(count)));
  expect(await judgedOf(entrant)).toMatchObject({ status: "below-bar", figures: { episodes: 100 } });
  expect(await actsOn(cycleId)).toHaveLength(2);
  expect(await playAll({})).toEqual([]);
});

test("a backend that stops in the middle of a round goes on with it", async () => {
  const { leader, entrant, cycleId } = await begin();
  await playAll({ [leader]: 20, [entrant]: 23 });
  await desk.cycle(1);
  await play("Vera", { [leader]: 10, [entrant]: 40 });
  await desk.close();
  desk = await createDesk(world);
  await desk.cycle(1);
  expect((await judgedOf(entrant)).status).toBe("evaluating");
  expect(await playAll({ [leader]: 10, [entrant]: 40 })).toHaveLength(2);
  await desk.cycle(1);
  expect(await judgedOf(entrant)).toMatchObject({ status: "candidate", figures: { episodes: 80 } });
  expect(await actsOn(cycleId)).toHaveLength(1);
});

test("extra episodes that nobody runs in time change nothing, and the cycle ends when it would have", async () => {
  const { leader, entrant } = await begin();
  await playAll({ [leader]: 20, [entrant]: 23 });
  await desk.cycle(1);
  await play("Vera", { [leader]: 0, [entrant]: 40 });
  await desk.cycle(2 * CYCLE_BLOCKS - 2);
  expect((await judgedOf(entrant)).status).toBe("evaluating");
  await desk.cycle(1);
  expect(await judgedOf(entrant)).toMatchObject({ status: "below-bar", figures: { episodes: 40 } });
});

test("whoever could not run an extra round gives up nothing but its own vote on it", async () => {
  const { leader, entrant } = await begin();
  await playAll({ [leader]: 20, [entrant]: 23 });
  await desk.cycle(1);
  const viktor = await desk.signedBy("Viktor");
  for (let job = await viktor.jobs.claim(); job !== null; job = await viktor.jobs.claim())
    await viktor.jobs.fail({ id: job.id, attempt: job.attempt, reason: "no disk" });
  await play("Vera", { [leader]: 0, [entrant]: 40 });
  await desk.cycle(1);
  expect(await judgedOf(entrant)).toMatchObject({ status: "below-bar", figures: { episodes: 40 } });
});

test("a competition that ends while a cycle runs on leaves no jobs behind", async () => {
  const { competitionId, leader, entrant, cycleId } = await begin();
  await playAll({ [leader]: 20, [entrant]: 23 });
  const ending = await world.db.transaction().execute(async (trx) => {
    const competition = await lockCompetition(trx, competitionId);
    const look = desk.cycle(1);
    await closeCompetition(trx, { backend: desk.backend, competition });
    return { look };
  });
  await ending.look;
  expect((await reviewer().cycles.get({ id: cycleId })).status).toBe("done");
  expect(await playAll({})).toEqual([]);
  expect(await actsOn(cycleId)).toEqual([]);
});

test("nobody runs on against a leader that is gone", async () => {
  const { competitionId, leader, entrant } = await begin();
  await playAll({ [leader]: 20, [entrant]: 23 });
  const led = (await reviewer().candidates.list({ competitionId })).items.find(
    ({ submissionId }) => submissionId === leader,
  );
  await desk.as("admin").candidates.revoke({ id: led?.id ?? "", reason: "a copy after all" });
  await desk.cycle(1);
  expect(await judgedOf(entrant)).toMatchObject({ status: "waiting" });
  expect(await playAll({})).toEqual([]);
});
