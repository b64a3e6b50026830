import { SnapshotBody } from "@assay/core";
import { currentLeaders, latestSnapshot } from "@assay/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import { leadersDuty } from "../duties/leaders.ts";
import { scoringDuty } from "../duties/scoring.ts";
import { createDesk, type Desk } from "../testing/desk.ts";
import { beat, enlist, openCompetition, submit, workAll } from "../testing/work.ts";
import { createWorld, hotkeyOf, NETUID, VALIDATORS, type World } from "../testing/world.ts";

const HALF_LIFE = 4;
let world: World;
let desk: Desk;
let competitions: string[];

/** Mia leads one competition, Mo another, both with one point. */
beforeAll(async () => {
  world = await createWorld();
  desk = await createDesk(world);
  await enlist(desk, VALIDATORS);
  const first = await leadBy("Mia");
  competitions = [first, await leadBy("Mo")];
  const settings = { graceBlocks: 3, decayHalfLifeBlocks: HALF_LIFE };
  await desk.as("admin").settings.put({ basedOn: 0, settings });
}, 120_000);
afterAll(async () => {
  await desk.close();
  await world.close();
});

async function leadBy(name: string): Promise<string> {
  for (const validator of VALIDATORS) await beat(desk, validator);
  const { id: competitionId } = await openCompetition(desk, { cycleBlocks: 5 });
  await submit(desk, { name, competitionId, skill: { share: 0.8, salt: name } });
  await desk.cycle(5);
  for (const validator of VALIDATORS) await workAll(desk, validator);
  await desk.cycle(1);
  const { items } = await desk.as("admin").candidates.list({ status: "pending" });
  for (const { id } of items) await desk.as("admin").candidates.approve({ id });
  return competitionId;
}

const leaderOf = async (name: string) => {
  const { address } = await hotkeyOf(name);
  return (await currentLeaders(world.db, NETUID)).find(({ hotkey }) => hotkey === address);
};

/** Makes blocks, looks at the leaders after each, and publishes what has changed. */
async function pass(count: number): Promise<void> {
  for (let made = 0; made < count; made += 1) {
    await desk.blocks(1);
    await desk.run(leadersDuty(desk.backend));
  }
  world.clock.advance(300_000);
  await desk.run(scoringDuty(desk.backend, { everySeconds: 300 }));
}

async function sharesNow(): Promise<number[]> {
  const row = await latestSnapshot(world.db, desk.backend);
  const body = SnapshotBody.parse(JSON.parse(row?.body ?? ""));
  return (body.instances[0]?.vector.entries ?? []).map(({ share }) => share).toSorted((a, b) => a - b);
}

async function replace(by: string, instead: string): Promise<void> {
  const { address: gone } = await hotkeyOf(instead);
  const { address: hotkey } = await hotkeyOf(by);
  const uid = desk.backend.subnet.current().neurons.get(gone)?.uid ?? -1;
  world.devnet.fault({ kind: "replace", netuid: NETUID, uid, hotkey });
}

test("a leader that leaves the chain and comes back in time is paid in full throughout", async () => {
  await replace("Stranger", "Mia");
  await pass(3);
  expect(await leaderOf("Mia")).toMatchObject({ lostAtBlock: null });
  expect((await leaderOf("Mia"))?.absentSinceBlock).not.toBeNull();
  await replace("Mia", "Stranger");
  await pass(2);
  expect(await leaderOf("Mia")).toMatchObject({ absentSinceBlock: null, lostAtBlock: null });
  expect(await sharesNow()).toEqual([500_000_000, 500_000_000]);
});

test("one that stays away loses half with every half-life, to the leaders that are left", async () => {
  await replace("Stranger", "Mia");
  await pass(6);
  const lost = await leaderOf("Mia");
  expect(lost).toMatchObject({ lostBecause: "absent", halfLifeBlocks: HALF_LIFE });
  expect(lost?.lostAtBlock).toBe((lost?.absentSinceBlock ?? 0) + 3);
  await pass(HALF_LIFE);
  const [decaying = 0, whole = 0] = await sharesNow();
  expect(decaying).toBeLessThan(whole);
  expect(decaying + whole).toBe(1_000_000_000);
});

test("when less than a thousandth is left it leads no more, and the rest is paid on", async () => {
  await pass(10 * HALF_LIFE);
  expect(await leaderOf("Mia")).toBeUndefined();
  expect(await leaderOf("Mo")).toMatchObject({ lostAtBlock: null });
  const competitionId = competitions[0] ?? "";
  const { items } = await desk.as("reviewer").leaders.history({ competitionId });
  expect(items).toMatchObject([{ endReason: "decayed", lostBecause: "absent" }]);
  expect(await sharesNow()).toEqual([1_000_000_000]);
  const actions = (await desk.as("admin").audit.list({ limit: 10 })).items.map(({ action }) => action);
  expect(actions).toEqual(expect.arrayContaining(["leader.lose", "leader.decay"]));
});

test("one that misses the thresholds in two cycles in a row is lost, and is back once it meets them again", async () => {
  const { competitionId = "", id } = (await leaderOf("Mo")) ?? {};
  const runCycle = async (salt: string, minSuccessRate: number) => {
    const history = await desk.as("admin").competitions.thresholds({ id: competitionId });
    const basedOn = Math.max(...history.map(({ version }) => version));
    const thresholds = { minSuccessRate };
    const reason = "tests the grace";
    await desk.as("admin").competitions.update({ id: competitionId, thresholds, basedOn, reason });
    // Thresholds hold for cycles that begin later: the one that collects now still has the old ones.
    for (const part of ["old", "new"]) {
      for (const validator of VALIDATORS) await beat(desk, validator);
      await submit(desk, { name: "Max", competitionId, skill: { share: 0.1, salt: salt + part } });
      await desk.cycle(6);
      for (const validator of VALIDATORS) await workAll(desk, validator);
      await desk.cycle(1);
    }
    await pass(1);
    return leaderOf("Mo");
  };
  expect(await runCycle("first", 0.99)).toMatchObject({ id, missedCycles: 1, lostAtBlock: null });
  expect(await runCycle("second", 0.98)).toMatchObject({ missedCycles: 3, lostBecause: "below-thresholds" });
  expect(await runCycle("third", 0.2)).toMatchObject({
    missedCycles: 0,
    lostAtBlock: null,
    lostBecause: null,
  });
}, 120_000);
