import { listDuties, listSnapshotsAfter } from "@assay/db";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { createDesk, type Desk } from "../testing/desk.ts";
import { createWorld, type World } from "../testing/world.ts";
import type { Duty } from "./duty.ts";
import { fenced } from "./fenced.ts";
import { runIfDue } from "./runner.ts";
import { broadcastDuty, scoringDuty } from "./scoring.ts";

let world: World;
let desk: Desk;
let other: Desk;
beforeAll(async () => {
  world = await createWorld();
  [desk, other] = [await createDesk(world), await createDesk(world)];
});
afterAll(async () => {
  await desk.close();
  await other.close();
  await world.close();
});

afterEach(() => vi.useRealTimers());

const snapshots = () => listSnapshotsAfter(world.db, { ...desk.backend, version: 0, limit: 100 });

/** Lets time pass on a chain that goes on. */
async function pass(ms: number): Promise<void> {
  world.clock.advance(ms);
  await desk.blocks(1);
}

/** A duty that counts its runs. */
function counting(name: string, act: Duty["run"] = async () => {}): Duty & { runs: number } {
  const duty = {
    name,
    intervalMs: 10_000,
    runs: 0,
    run: async (claim: Parameters<Duty["run"]>[0]) => {
      duty.runs += 1;
      await act(claim);
    },
  };
  return duty;
}

test("of many replicas one runs a duty, and again only when it is due", async () => {
  const duty = counting("once");
  await desk.run(duty);
  expect(duty.runs).toBe(1);
  world.clock.advance(9_999);
  const looks = Array.from({ length: 10 }, (_, index) => (index % 2 ? desk : other).run(duty));
  expect(await Promise.all(looks)).not.toContain(true);
  world.clock.advance(1);
  const due = Array.from({ length: 10 }, (_, index) => (index % 2 ? desk : other).run(duty));
  expect((await Promise.all(due)).filter(Boolean)).toHaveLength(1);
  expect(duty.runs).toBe(2);
});

test("a duty that fails is tried again soon, then ever later, and as usual once it has run", async () => {
  let isBroken = true;
  const duty = counting("failing", async () => {
    if (isBroken) throw new Error("broken");
  });
  const dueIn = async () => {
    const row = (await listDuties(world.db, desk.backend.netuid)).find(({ name }) => name === duty.name);
    return (row?.dueAt.getTime() ?? 0) - world.clock.now();
  };
  const pauses: number[] = [];
  for (let run = 0; run < 9; run += 1) {
    isBroken = run !== 8;
    await desk.run(duty);
    pauses.push(await dueIn());
    world.clock.advance(await dueIn());
  }
  const doubling = [1, 2, 4, 8, 16, 32, 60, 60].map((seconds) => seconds * 1_000);
  expect(pauses).toEqual([...doubling, duty.intervalMs]);
});

test("a replica that stalled beyond its lease writes nothing any more", async () => {
  const written: string[] = [];
  const overtaken = counting("stalling", async () => {});
  const stalling: Duty = {
    ...overtaken,
    run: async (claim) => {
      world.clock.advance(61_000);
      expect(await runIfDue(other.backend, overtaken)).toBe(true);
      await fenced(desk.backend, { claim, act: async () => written.push("late") });
    },
  };
  await desk.run(stalling);
  expect([overtaken.runs, written]).toEqual([1, []]);
});

test("a replica that is at work keeps its claim for as long as it takes", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const rival = counting("long", async () => {});
  const lease = async () => {
    const duties = await listDuties(world.db, desk.backend.netuid);
    return duties.find(({ name }) => name === rival.name)?.leasedUntil?.getTime();
  };
  const long: Duty = {
    ...rival,
    run: async () => {
      for (let step = 0; step < 3; step += 1) {
        world.clock.advance(10_000);
        vi.advanceTimersByTime(5_000);
        await vi.waitFor(async () => expect(await lease()).toBe(world.clock.now() + 15_000), 60_000);
        expect(await runIfDue(other.backend, rival)).toBe(false);
      }
    },
  };
  await desk.run(long);
  expect([rival.runs, await lease()]).toEqual([0, undefined]);
});

test("the first snapshot burns explicitly, and nothing new is written while nothing changes", async () => {
  const scoring = scoringDuty(desk.backend, { everySeconds: 300 });
  await desk.run(scoring);
  await pass(300_000);
  await desk.run(scoring);
  expect(await snapshots()).toMatchObject([{ version: 1, policy: "burn" }]);
});

test("a snapshot is published again, as a new version, once the newest is old", async () => {
  const broadcast = broadcastDuty(desk.backend, { everySeconds: 600 });
  await desk.run(broadcast);
  expect(await snapshots()).toHaveLength(1);
  await pass(600_000);
  await desk.run(broadcast);
  const [first, second] = await snapshots();
  expect(second).toMatchObject({ version: 2, vectorHash: first?.vectorHash });
});

test("an interval that an admin sets holds from then on, also in place of a longer one", async () => {
  const scoring = scoringDuty(desk.backend, { everySeconds: 86_400 });
  const broadcast = broadcastDuty(desk.backend, { everySeconds: 86_400 });
  await desk.run(scoring);
  const settings = { scoreIntervalSeconds: 60, broadcastIntervalSeconds: 120 };
  await desk.as("admin").settings.put({ basedOn: 0, settings });
  expect(await runIfDue(desk.backend, scoring)).toBe(true);
  const { dueAt } =
    (await listDuties(world.db, desk.backend.netuid)).find(({ name }) => name === "scoring") ?? {};
  expect(dueAt?.getTime()).toBe(world.clock.now() + 60_000);
  const before = (await snapshots()).length;
  await pass(120_000);
  await desk.run(broadcast);
  expect(await snapshots()).toHaveLength(before + 1);
});

async function putIntervals(settings: {
  scoreIntervalSeconds?: number | null;
  broadcastIntervalSeconds?: number | null;
}) {
  const admin = desk.as("admin");
  const { version: basedOn } = await admin.settings.get();
  await admin.settings.put({ basedOn, settings });
}

test("a snapshot is published as often as the setting of the moment says, by whichever replica looks", async () => {
  const replicas = [desk, other].map(({ backend }) => ({
    backend,
    broadcast: broadcastDuty(backend, { everySeconds: 600 }),
  }));
  const publishedIn = async (seconds: number) => {
    const before = (await snapshots()).length;
    world.clock.advance(seconds * 1_000);
    for (const { backend, broadcast } of replicas) await runIfDue(backend, broadcast);
    return (await snapshots()).length - before;
  };
  await putIntervals({ broadcastIntervalSeconds: 2 });
  await publishedIn(2);
  expect([await publishedIn(2), await publishedIn(1), await publishedIn(1)]).toEqual([1, 0, 1]);
  await putIntervals({ broadcastIntervalSeconds: 60 });
  const published: number[] = [];
  for (const seconds of [10, 40, 10, 50, 10]) published.push(await publishedIn(seconds));
  expect(published).toEqual([0, 0, 1, 0, 1]);
  await putIntervals({ broadcastIntervalSeconds: null });
  expect([await publishedIn(590), await publishedIn(10)]).toEqual([0, 1]);
});

test("scores are looked at as often as the setting of the moment says, by a replica that never heard of it, too", async () => {
  const mine = scoringDuty(desk.backend, { everySeconds: 300 });
  const its = scoringDuty(other.backend, { everySeconds: 300 });
  const dueIn = async () => {
    const duties = await listDuties(world.db, desk.backend.netuid);
    return (
      ((duties.find(({ name }) => name === "scoring")?.dueAt.getTime() ?? 0) - world.clock.now()) / 1_000
    );
  };
  for (const [setting, seconds] of [
    [900, 900],
    [7, 7],
    [null, 300],
  ] as const) {
    await putIntervals({ scoreIntervalSeconds: setting });
    expect(await runIfDue(desk.backend, mine)).toBe(true);
    expect(await dueIn()).toBe(seconds);
    world.clock.advance(seconds * 1_000 - 1);
    expect(await runIfDue(other.backend, its)).toBe(false);
    world.clock.advance(1);
    expect(await runIfDue(other.backend, its)).toBe(true);
    expect(await dueIn()).toBe(seconds);
  }
});

test("duties are rows that every replica sees", async () => {
  const names = (await listDuties(world.db, desk.backend.netuid)).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["broadcast", "cycles", "scoring"]));
});
