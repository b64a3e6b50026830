import type { ListScores } from "@assay/api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDesk, type Desk, refusalOf } from "../testing/desk.ts";
import { beat, enlist, openCompetition, signedResult, submit, workAll } from "../testing/work.ts";
import { createWorld, hotkeyOf, VALIDATORS, type World } from "../testing/world.ts";

let world: World;
let desk: Desk;
let competitionId: string;
let good: string;
let broken: string;

beforeAll(async () => {
  world = await createWorld();
  desk = await createDesk(world);
  await enlist(desk, VALIDATORS);
  competitionId = (await openCompetition(desk)).id;
  good = await enter("Mia", 0.8);
  broken = await enter("Mo", 0.5);
  await desk.cycle(5);
}, 60_000);
afterAll(async () => {
  await desk.close();
  await world.close();
});

async function enter(name: string, share: number): Promise<string> {
  const { submission } = await submit(desk, { name, competitionId, skill: { share, salt: name } });
  return submission.id;
}

/** Vera finds that Mo's agent fails as a whole. */
async function failMo(): Promise<void> {
  const vera = await desk.signedBy("Vera");
  for (let job = await vera.jobs.claim(); job !== null; job = await vera.jobs.claim()) {
    if (job.submissionId !== broken) throw new Error("Mia's job is open");
    const failure = { code: "EVALUATOR_AGENT_TIMEOUT", detail: "no answer" } as const;
    await vera.results.report(await signedResult({ name: "Vera", job, episodes: [], changed: { failure } }));
  }
}

const list = (input: Partial<ListScores> = {}) =>
  desk.as("reviewer").scores.list({ competitionId, ...input });

test("nothing is told of a cycle that runs, and everything once it is done", async () => {
  await workAll(desk, "Viktor");
  expect((await list()).items).toEqual([]);
  await workAll(desk, "Vera");
  await desk.cycle(1);
  const { items, nextCursor } = await list();
  expect([items.length, nextCursor]).toEqual([4, null]);
  const { address: hotkey } = await hotkeyOf("Mia");
  const { address: validator } = await hotkeyOf("Vera");
  const veras = items.find((score) => score.validator === validator && score.hotkey === hotkey);
  const figures = (await desk.as("reviewer").submissions.get({ id: good })).figures;
  expect(veras).toMatchObject({ submissionId: good, episodes: 200, successRate: figures?.successRate });
  expect(veras).toMatchObject({ isImpartial: true, failureCode: null, attempt: 1 });
  expect(BigInt(veras?.stakeRao ?? 0)).toBeGreaterThan(0n);
});

test("pages go on where the one before ended, and a cursor that is none is refused", async () => {
  const { items } = await list();
  const first = await list({ limit: 3 });
  const last = await list({ limit: 3, cursor: first.nextCursor });
  expect([...first.items, ...last.items]).toEqual(items);
  expect(last.nextCursor).toBeNull();
  expect((await refusalOf(list({ cursor: "3" })))?.code).toBe("API_INVALID_INPUT");
});

test("one cycle's, or one submission's, can be asked for", async () => {
  const { items } = await list();
  const [cycleId] = items.map((score) => score.cycleId);
  expect((await list({ cycleId })).items).toEqual(items);
  const mine = (await list({ submissionId: good })).items;
  expect(mine).toEqual(items.filter(({ submissionId }) => submissionId === good));
  expect(mine).toHaveLength(2);
});

test("an agent that failed as a whole has a code and no figures, and the newest cycle is first", async () => {
  broken = await enter("Mo", 0.1);
  for (const name of VALIDATORS) await beat(desk, name);
  await desk.cycle(10);
  await failMo();
  await workAll(desk, "Viktor");
  await desk.cycle(1);
  const { items } = await list({ limit: 2 });
  const { address: vera } = await hotkeyOf("Vera");
  const failed = items.find(({ validator }) => validator === vera);
  const nothing = { episodes: 0, successRate: null, meanReward: null };
  expect(failed).toMatchObject({ submissionId: broken, failureCode: "EVALUATOR_AGENT_TIMEOUT", ...nothing });
  expect(new Set(items.map(({ cycleId }) => cycleId)).size).toBe(1);
  expect((await list()).items).toHaveLength(6);
});

test("a competition that does not exist has none", async () => {
  const unknown = "competition_018f0000-0000-7000-8000-000000000000";
  expect((await refusalOf(list({ competitionId: unknown })))?.code).toBe("API_NOT_FOUND");
});
