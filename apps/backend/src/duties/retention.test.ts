import { createRouter } from "@assay/api";
import { SnapshotBody, verifySnapshot } from "@assay/core";
import {
  currentLeaders,
  getCycle,
  insertResult,
  latestSnapshot,
  listDuties,
  listResultsOfCycle,
} from "@assay/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Backend } from "../backend.ts";
import { readEvidence } from "../cycles/evidence.ts";
import { createDesk, type Desk, refusalOf } from "../testing/desk.ts";
import { beat, enlist, openCompetition, submit, workAll } from "../testing/work.ts";
import { createWorld, hotkeyOf, VALIDATORS, type World } from "../testing/world.ts";
import { createVerbs } from "../verbs.ts";
import type { Duty } from "./duty.ts";
import { retentionDuty } from "./retention.ts";
import { runIfDue } from "./runner.ts";
import { broadcastDuty } from "./scoring.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const KEPT_DAYS = 30;
/** Old results beside those of the validators, as attempts that were repeated. */
const MORE = 600;

let world: World;
let desk: Desk;
let other: Desk;
let competitionId: string;
let cycleId: string;

beforeAll(async () => {
  world = await createWorld();
  [desk, other] = [await createDesk(world), await createDesk(world)];
  ({ id: competitionId } = await openCompetition(desk));
  await enlist(desk, VALIDATORS);
  await compete("Mia", 0.7);
  const [candidate] = (await admin().candidates.list({ status: "pending" })).items;
  cycleId = candidate?.cycleId ?? "";
  await pad();
}, 60_000);
afterAll(async () => {
  await desk.close();
  await other.close();
  await world.close();
});

const admin = () => desk.as("admin");

/** A cycle in which a miner enters, from its submission to the verdict. */
async function compete(name: string, share: number): Promise<void> {
  await submit(desk, { name, competitionId, skill: { share, salt: name } });
  for (const validator of VALIDATORS) await beat(desk, validator);
  await desk.cycle(11);
  for (const validator of VALIDATORS) await workAll(desk, validator);
  await desk.cycle(1);
}

async function pad(): Promise<void> {
  const [model] = await listResultsOfCycle(world.db, cycleId);
  if (model === undefined) throw new Error("no result");
  await world.db.transaction().execute(async (trx) => {
    for (let made = 0; made < MORE; made += 1)
      await insertResult(trx, { ...model, body: model.body ?? "", attempt: 2 + made });
  });
}

const textsLeft = async () =>
  (await listResultsOfCycle(world.db, cycleId)).filter(({ body }) => body !== null).length;
const putDays = async (resultRetentionDays: number | null) => {
  const { version: basedOn } = await admin().settings.get();
  return admin().settings.put({ basedOn, settings: { resultRetentionDays } });
};
/** Lets days pass on a chain that goes on. */
const pass = async (days: number) => {
  for (let day = 0; day < days; day += 1) {
    world.clock.advance(DAY_MS);
    await desk.blocks(1);
  }
};

test("a shorter time than a cycle lasts is refused, and changes nothing", async () => {
  const { id } = await openCompetition(desk, { name: "slow", cycleBlocks: 100_000 });
  const refusal = await refusalOf(putDays(41));
  expect(refusal).toMatchObject({
    code: "API_INVALID_INPUT",
    facts: { issues: [{ path: "settings.resultRetentionDays" }] },
  });
  expect((await admin().settings.get()).version).toBe(0);
  await putDays(42);
  await admin().competitions.archive({ id, reason: "only for this" });
  await putDays(KEPT_DAYS);
});

test("without a setting, and before its time, nothing goes", async () => {
  const duty = retentionDuty(desk.backend);
  await putDays(null);
  await pass(KEPT_DAYS + 1);
  await desk.run(duty);
  await putDays(36_500);
  await desk.run(duty);
  expect(await textsLeft()).toBe(MORE + 2);
});

test("while a candidate waits its cycle keeps everything, however old", async () => {
  await putDays(KEPT_DAYS);
  await desk.run(retentionDuty(desk.backend));
  expect(await textsLeft()).toBe(MORE + 2);
});

test("old texts go in batches over all replicas, and everything that was computed from them stays", async () => {
  const [candidate] = (await admin().candidates.list({ status: "pending" })).items;
  const { id = "", submissionId = "" } = candidate ?? {};
  await admin().candidates.approve({ id });
  const before = await everythingSaid({ id, submissionId });
  const evidence = async () =>
    (await readEvidence(world.db, { cycle: await getCycle(world.db, cycleId), mechid: 0 })).results.size;
  expect(await evidence()).toBe(1);
  world.clock.advance(HOUR_MS);
  const most = { batch: 100, batches: 4, cycles: 10 };
  const duties = [desk, other].map(({ backend }) => ({ backend, duty: retentionDuty(backend, most) }));
  expect(await runs(duties)).toBe(1);
  expect([await textsLeft(), await evidence()]).toEqual([MORE + 2 - 400, 0]);
  world.clock.advance(1_000);
  expect(await runs(duties)).toBe(1);
  expect(await textsLeft()).toBe(0);
  expect(await everythingSaid({ id, submissionId })).toEqual(before);

  const { items: acts } = await admin().audit.list({});
  const cleared = acts.filter(({ action }) => action === "results.clear");
  expect(cleared).toMatchObject([{ actor: "retention", target: cycleId, facts: { texts: MORE + 2 } }]);
  const [due] = (await listDuties(world.db, 1)).filter(({ name }) => name === "retention");
  expect(due?.dueAt.getTime()).toBe(world.clock.now() + HOUR_MS);
  expect(await admin().cycles.get({ id: cycleId })).toMatchObject({
    textsClearedAt: expect.stringMatching(/Z$/),
  });
});

/** How many replicas run the duty when all look at once. */
async function runs(duties: readonly { backend: Backend; duty: Duty }[]): Promise<number> {
  const looks = await Promise.all(duties.map(({ backend, duty }) => runIfDue(backend, duty)));
  return looks.filter(Boolean).length;
}

/** What people, scoring and `assay verify` go by. */
async function everythingSaid({ id, submissionId }: { id: string; submissionId: string }) {
  const newest = await latestSnapshot(world.db, desk.backend);
  const { inputs } = await (await vera()).snapshots.inputs({ version: newest?.version ?? 0 });
  const body = SnapshotBody.parse(JSON.parse(newest?.body ?? ""));
  const { environments: _, ...compared } = await admin().candidates.compare({ id });
  return {
    verified: await verifySnapshot(body, inputs),
    candidate: await admin().candidates.get({ id }),
    compared,
    explained: await admin().submissions.explain({ id: submissionId }),
    leaderboard: await admin().leaderboards.get({ competitionId }),
    leaders: await currentLeaders(world.db, desk.backend.netuid),
  };
}

async function vera() {
  const { address: hotkey } = await hotkeyOf("Vera");
  const caller = { kind: "key", id: "key_Vera", name: "Vera", role: "validator", hotkey } as const;
  return createRouter(createVerbs(desk.backend)).createCaller({ requestId: "test", caller });
}

test("the leader goes on being paid, and the next challenger is judged against it", async () => {
  await desk.run(broadcastDuty(desk.backend, { everySeconds: 1 }));
  const { address: mia } = await hotkeyOf("Mia");
  const body = async () =>
    SnapshotBody.parse(JSON.parse((await latestSnapshot(world.db, desk.backend))?.body ?? ""));
  expect((await body()).instances[0]?.vector.entries).toEqual([{ hotkey: mia, share: 1e9 }]);
  await compete("Max", 0.98);
  const [challenger] = (await admin().candidates.list({ status: "pending" })).items;
  await admin().candidates.approve({ id: challenger?.id ?? "" });
  const { address: max } = await hotkeyOf("Max");
  expect((await body()).instances[0]?.vector.entries).toEqual([{ hotkey: max, share: 1e9 }]);
});
