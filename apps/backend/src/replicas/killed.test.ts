import { latestSnapshot } from "@assay/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inspect } from "../testing/inspection.ts";
import { persist } from "../testing/persist.ts";
import { createStage, type Stage } from "../testing/stage.ts";
import { NETUID } from "../testing/world.ts";

const VALIDATORS = 12;
const MINUTE_MS = 60_000;
const PATIENCE = { timeout: 3 * MINUTE_MS, interval: 20 };

let stage: Stage;
beforeAll(async () => {
  stage = await createStage({
    validators: VALIDATORS,
    moments: ["submission-committed", "result-committed", "snapshot-committed"],
  });
}, 5 * MINUTE_MS);
afterAll(() => stage.close(), 5 * MINUTE_MS);

test("replicas killed after a submission, a result and an approval lose nothing and repeat nothing", {
  timeout: 5 * MINUTE_MS,
}, async () => {
  const { fleet, crew, world, ledger } = stage;
  const [one, two, three] = stage.replicas;
  if (one === undefined || two === undefined || three === undefined) throw new Error("three replicas");
  await Promise.all(crew.map(({ watcher }) => watcher.reached(1)));

  fleet.doom(one);
  const { id } = await stage.submit(one);
  expect((await one.ended).signal).toBe("SIGKILL");
  const restarted = fleet.start();

  await stage.closeCycle();
  await expect.poll(() => stage.statusOf(id), PATIENCE).toBe("evaluating");
  const jobs = await Promise.all(crew.map((member) => member.claim()));
  fleet.doom(two);
  await Promise.all(
    crew.map(async (member, index) => {
      const job = jobs[index];
      if (job == null) throw new Error(`no job for validator ${index}`);
      await member.answer(job, two);
    }),
  );
  expect((await two.ended).signal).toBe("SIGKILL");
  expect(ledger.results).toHaveLength(VALIDATORS);

  await expect.poll(() => stage.statusOf(id), PATIENCE).toBe("candidate");
  await restarted;
  fleet.doom(three);
  await stage.approve(three);
  expect((await three.ended).signal).toBe("SIGKILL");

  const newest = (await latestSnapshot(world.db, { netuid: NETUID, mechid: 0 }))?.version ?? 0;
  await Promise.all(crew.map(({ watcher }) => watcher.reached(newest)));
  expect(newest).toBe(2);
  expect(await inspect(stage)).toEqual([]);
});

test("a replica told to stop ends although everybody listens to it, and they hear the next versions elsewhere", {
  timeout: 5 * MINUTE_MS,
}, async () => {
  const { fleet, crew, world, admin } = stage;
  const [old] = fleet.live();
  if (old === undefined) throw new Error("no replica is left");
  await fleet.start();
  old.child.kill("SIGTERM");
  await changeBurn(1_000);
  await Promise.all(crew.map(({ watcher }) => watcher.reached(3)));
  expect(await old.ended).toMatchObject({ code: 0, signal: null });
  await changeBurn(2_000);
  await Promise.all(crew.map(({ watcher }) => watcher.reached(4)));
  expect(await inspect(stage)).toEqual([]);

  /** Publishes a version by changing the rules from the next block on. */
  async function changeBurn(burn: number): Promise<void> {
    const { rules } = await persist(() => admin.rules.get());
    await world.devnet.newBlock(1);
    const fromBlock = world.devnet.finalized().number;
    const input = { replaces: rules.fromBlock, rules: { ...rules, fromBlock, burn } };
    await persist(() => admin.rules.put(input));
  }
});
