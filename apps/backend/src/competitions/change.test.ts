import { findCollectingCycle, latestSnapshot, listAudit } from "@assay/db";
import { expect, test } from "vitest";
import { competitionsDuty } from "../duties/competitions.ts";
import { broadcastDuty } from "../duties/scoring.ts";
import { refusalOf } from "../testing/desk.ts";
import { enlistedDesk } from "../testing/enlisted.ts";
import { pending } from "../testing/queue.ts";
import { EVALUATOR, openCompetition, submit, workAll } from "../testing/work.ts";
import { VALIDATORS } from "../testing/world.ts";

const { world, desk } = await enlistedDesk();

const admin = () => desk.as("admin");
const reason = "as announced";
const skill = (salt: string) => ({ share: 0.5, salt });
const look = () => desk.run(competitionsDuty(desk.backend));

test("a submission is judged by the thresholds in force when its cycle began, the next one by the new ones", async () => {
  const { id } = await openCompetition(desk);
  const { submission } = await submit(desk, { name: "Mia", competitionId: id, skill: skill(`old ${id}`) });
  await admin().competitions.update({ id, basedOn: 1, thresholds: { minSuccessRate: 0.9 } });
  const judge = async () => {
    await desk.cycle(10);
    for (const name of VALIDATORS) await workAll(desk, name);
    await desk.cycle(1);
  };
  await judge();
  expect((await admin().submissions.get({ id: submission.id })).status).toBe("candidate");
  const later = await submit(desk, { name: "Mo", competitionId: id, skill: skill(`new ${id}`) });
  await judge();
  expect(await admin().submissions.get({ id: later.submission.id })).toMatchObject({
    status: "ineligible",
    explanation: expect.stringContaining("90 %"),
  });
});

test("thresholds follow the version their author saw, and every version can be read", async () => {
  const { id } = await openCompetition(desk);
  const revise = (basedOn: number, minSuccessRate: number) =>
    admin().competitions.update({ id, basedOn, thresholds: { minSuccessRate } });
  expect(await revise(1, 0.4)).toMatchObject({ thresholdsVersion: 2, thresholds: { minEpisodes: 200 } });
  expect(await refusalOf(revise(1, 0.6))).toMatchObject({
    code: "API_THRESHOLDS_CHANGED",
    facts: { basedOn: 1, inForce: 2 },
  });
  const unbased = admin().competitions.update({ id, thresholds: { minSuccessRate: 0.1 } });
  expect((await refusalOf(unbased))?.code).toBe("API_INVALID_INPUT");
  const history = await desk.as("viewer").competitions.thresholds({ id });
  expect(history.map(({ version, thresholds }) => [version, thresholds.minSuccessRate])).toEqual([
    [1, 0.3],
    [2, 0.4],
  ]);
});

test("a threshold that is changed alone leaves the others as they were", async () => {
  const thresholds = { minEpisodes: 150, minSuccessRate: 0.3, winMargin: 0.1, zScore: 2 };
  const { id } = await openCompetition(desk, { thresholds });
  await admin().competitions.update({ id, basedOn: 1, thresholds: { maxEpisodes: 900 } });
  expect(await admin().competitions.get({ id })).toMatchObject({
    thresholds: { ...thresholds, maxEpisodes: 900 },
  });
});

test("other points are in the snapshot of the same transaction, a new name is not worth one", async () => {
  const [one, two] = [await openCompetition(desk), await openCompetition(desk)];
  for (const [{ id }, by] of [
    [one, "Mia"],
    [two, "Mo"],
  ] as const)
    await admin().candidates.approve({ id: (await pending(desk, id, { by })).id });
  const before = await latestSnapshot(world.db, desk.backend);
  await admin().competitions.update({ id: one.id, name: "renamed" });
  expect((await latestSnapshot(world.db, desk.backend))?.version).toBe(before?.version);
  expect(await admin().competitions.update({ id: one.id, points: 3 })).toMatchObject({
    points: 3,
    name: "renamed",
  });
  const after = await latestSnapshot(world.db, desk.backend);
  expect(after?.version).toBe((before?.version ?? 0) + 1);
  expect(after?.vectorHash).not.toBe(before?.vectorHash);
});

test("a competition starts and ends at its blocks, and its leader is paid until then", async () => {
  const now = await desk.blocks(1);
  const { id, status } = await openCompetition(desk, { startBlock: now + 2, endBlock: now + 4 } as object);
  expect(status).toBe("scheduled");
  const early = submit(desk, { name: "Mia", competitionId: id, skill: skill(`early ${id}`) });
  expect((await refusalOf(early))?.code).toBe("API_COMPETITION_NOT_OPEN");
  await look();
  expect((await admin().competitions.get({ id })).status).toBe("scheduled");
  await desk.blocks(2);
  await look();
  expect((await admin().competitions.get({ id })).status).toBe("open");
  expect(await findCollectingCycle(world.db, id)).toBeDefined();
  const leader = await pending(desk, id);
  const late = await pending(desk, id, { by: "Mo" });
  await admin().candidates.approve({ id: leader.id });
  const other = await pending(desk, id, { by: "Max" });
  const { submission } = await submit(desk, { name: "Mia", competitionId: id, skill: skill(`late ${id}`) });
  await desk.blocks(2);
  await look();
  await look();
  expect((await admin().competitions.get({ id })).status).toBe("ended");
  expect((await latestSnapshot(world.db, desk.backend))?.body).not.toContain(leader.id);
  expect(await admin().candidates.get({ id: other.id })).toMatchObject({
    supersededBecause: "competition-ended",
  });
  expect(await admin().candidates.get({ id: late.id })).toMatchObject({ supersededBecause: "bar-moved" });
  expect((await admin().submissions.get({ id: submission.id })).status).toBe("unscored");
  const { netuid } = desk.backend;
  const acts = (await listAudit(world.db, { netuid, target: id, limit: 9 })).items.map(
    ({ action }) => action,
  );
  expect(acts).toEqual(["competition.end", "competition.start", "competition.create"]);
});

test("a paused competition takes nothing until it is resumed, an archived one never again", async () => {
  const { id } = await openCompetition(desk);
  const leader = await pending(desk, id);
  await admin().candidates.approve({ id: leader.id });
  const send = () => submit(desk, { name: "Max", competitionId: id, skill: skill(`pause ${id}`) });
  await admin().competitions.pause({ id, reason });
  expect((await refusalOf(send()))?.code).toBe("API_COMPETITION_NOT_OPEN");
  const twice = await refusalOf(admin().competitions.pause({ id, reason }));
  expect(twice).toMatchObject({ code: "API_COMPETITION_STATUS", facts: { status: "paused" } });
  await admin().competitions.resume({ id, reason });
  expect((await send()).submission.status).toBe("waiting");
  expect(await admin().competitions.archive({ id, reason })).toMatchObject({ status: "archived" });
  expect((await latestSnapshot(world.db, desk.backend))?.body).not.toContain(leader.id);
  const listed = async (filter: object) =>
    (await admin().competitions.list({ limit: 200, ...filter })).items.map((one) => one.id);
  expect(await listed({})).not.toContain(id);
  expect(await listed({ status: "archived" })).toContain(id);
  for (const act of ["pause", "resume", "archive"] as const)
    expect((await refusalOf(admin().competitions[act]({ id, reason })))?.code).toBe("API_COMPETITION_STATUS");
  expect((await refusalOf(admin().competitions.update({ id, points: 2 })))?.code).toBe(
    "API_COMPETITION_STATUS",
  );
});

test("the task's configuration is the one the evaluator names", async () => {
  const configured = (taskConfig: object, configHash = EVALUATOR.configHash) =>
    refusalOf(openCompetition(desk, { taskConfig, evaluator: { ...EVALUATOR, configHash } } as object));
  const fieldOf = async (taskConfig: object, configHash?: string) =>
    (await configured(taskConfig, configHash))?.facts;
  expect(await configured({ maxSteps: 160 })).toBeUndefined();
  expect(await fieldOf({ maxSteps: 161 })).toMatchObject({ issues: [{ path: "evaluator.configHash" }] });
  expect(await fieldOf({}, "0".repeat(64))).toMatchObject({ issues: [{ path: "evaluator.configHash" }] });
  expect(await fieldOf({ maxSteps: 0 })).toMatchObject({ issues: [{ path: "taskConfig.maxSteps" }] });
});

test("an end before the start, in the past, or a start that has passed is refused", async () => {
  const now = await desk.blocks(1);
  const create = (changed: object) => refusalOf(openCompetition(desk, changed));
  expect((await create({ startBlock: now + 9, endBlock: now + 9 }))?.code).toBe("API_INVALID_INPUT");
  expect((await create({ endBlock: now }))?.code).toBe("API_INVALID_INPUT");
  const { id } = await openCompetition(desk);
  const change = (changed: object) => refusalOf(admin().competitions.update({ id, ...changed }));
  expect((await change({ startBlock: now + 9 }))?.code).toBe("API_INVALID_INPUT");
  expect((await change({ endBlock: now }))?.code).toBe("API_INVALID_INPUT");
  expect(await change({ endBlock: now + 9 })).toBeUndefined();
  expect(await change({ endBlock: null })).toBeUndefined();
  expect((await admin().competitions.get({ id })).endBlock).toBeNull();
});

test("competitions ask for two people as the settings say, unless they say themselves", async () => {
  const { version } = await admin().settings.get();
  const put = { basedOn: version, settings: { fourEyes: true } };
  expect(await admin().settings.put(put)).toMatchObject({
    version: version + 1,
    settings: { fourEyes: true },
  });
  expect((await refusalOf(admin().settings.put(put)))?.code).toBe("API_SETTINGS_CHANGED");
  const wrong = { basedOn: version + 1, settings: { reviewSlaHours: 0 } };
  expect((await refusalOf(admin().settings.put(wrong)))?.code).toBe("API_INVALID_INPUT");
  expect((await openCompetition(desk)).fourEyes).toBe(true);
  expect((await openCompetition(desk, { fourEyes: false } as object)).fourEyes).toBe(false);
});

test("the audit log is read by who, what and on what, page by page", async () => {
  const { id } = await openCompetition(desk);
  const ada = desk.as("admin", "ada");
  await ada.competitions.pause({ id, reason });
  await ada.competitions.resume({ id, reason });
  const read = async (filter: object) => (await admin().audit.list(filter)).items.map(({ action }) => action);
  expect(await read({ target: id })).toEqual([
    "competition.resume",
    "competition.pause",
    "competition.create",
  ]);
  expect(await read({ target: id, actor: "key_ada" })).toEqual(["competition.resume", "competition.pause"]);
  expect(await read({ target: id, action: "competition.pause" })).toEqual(["competition.pause"]);
  const { nextCursor: cursor } = await admin().audit.list({ target: id, limit: 2 });
  expect(await read({ target: id, limit: 2, cursor })).toEqual(["competition.create"]);
});

test("how often a snapshot is repeated follows the settings, without a restart", async () => {
  const duty = broadcastDuty(desk.backend, { everySeconds: 600 });
  const version = async () => (await latestSnapshot(world.db, desk.backend))?.version ?? 0;
  const before = await version();
  const later = async (seconds: number) => {
    world.clock.advance(seconds * 1000);
    await desk.run(duty);
  };
  await later(60);
  expect(await version()).toBe(before);
  const { version: basedOn } = await admin().settings.get();
  await admin().settings.put({ basedOn, settings: { broadcastIntervalSeconds: 90 } });
  await later(60);
  expect(await version()).toBe(before + 1);
});
