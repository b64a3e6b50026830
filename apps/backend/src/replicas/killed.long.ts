import { seededRandom } from "@assay/core";
import { latestSnapshot } from "@assay/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Member, workOff } from "../testing/crew.ts";
import { inspect } from "../testing/inspection.ts";
import { createStage, type Stage } from "../testing/stage.ts";
import { NETUID } from "../testing/world.ts";

const minutes = Number(process.env.ASSAY_LONG_MINUTES ?? 1);
const MINUTE_MS = 60_000;
const VALIDATORS = 100;
const REPLICAS = 3;
/** A kill every so many milliseconds, and up to as many later. */
const PACE_MS = 1_500;
const PATIENCE = { timeout: 5 * MINUTE_MS, interval: 50 };

let stage: Stage;
beforeAll(async () => {
  stage = await createStage({ validators: VALIDATORS, moments: Array.from({ length: REPLICAS }, () => "") });
}, 5 * MINUTE_MS);
afterAll(() => stage.close(), 5 * MINUTE_MS);

test("a hundred validators lose nothing while one of three replicas after the other is killed", {
  timeout: (minutes + 12) * MINUTE_MS,
}, async () => {
  const seed = process.env.ASSAY_LONG_SEED ?? String(Date.now());
  console.info(`seed ${seed} (ASSAY_LONG_SEED repeats it)`);
  const over = AbortSignal.timeout(Math.round(minutes * MINUTE_MS));
  const killing = killReplicas(stage, { seed, over });
  const rounds = await playRounds(stage, over);
  const kills = await killing;

  const newest = (await latestSnapshot(stage.world.db, { netuid: NETUID, mechid: 0 }))?.version ?? 0;
  await Promise.all(stage.crew.map(({ watcher }) => watcher.reached(newest)));
  expect(await inspect(stage)).toEqual([]);
  const { results, approvals } = stage.ledger;
  const done = `${rounds} rounds, ${results.length} results, ${approvals.length} approvals`;
  console.info(`${kills} kills, ${done}, version ${newest} at ${VALIDATORS} validators`);
  expect(Math.min(kills, approvals.length)).toBeGreaterThan(0);
});

type Killing = { seed: string; over: AbortSignal };

/** Kills a replica that chance picks, starts another in its place, and once that is ready kills the next. */
async function killReplicas({ fleet }: Stage, { seed, over }: Killing): Promise<number> {
  const random = seededRandom(seed);
  let kills = 0;
  while (!over.aborted) {
    await elapsed(PACE_MS + random.below(PACE_MS));
    const victim = fleet.live()[random.below(fleet.live().length)];
    if (victim === undefined) throw new Error("no replica is left");
    await fleet.kill(victim);
    kills += 1;
    await fleet.start();
  }
  return kills;
}

/** The killer's pace is not derived from anything the backend does, so that kills fall anywhere. */
function elapsed(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Submission, evaluation by everybody, decision, over and over. */
async function playRounds({ crew, ...acts }: Stage, over: AbortSignal): Promise<number> {
  let rounds = 0;
  while (!over.aborted) {
    await Promise.all(crew.map((member) => member.beat()));
    const { id } = await acts.submit();
    await acts.closeCycle();
    await expect.poll(() => acts.statusOf(id), PATIENCE).not.toBe("waiting");
    await evaluate(crew, () => acts.statusOf(id));
    if ((await acts.statusOf(id)) === "candidate") await acts.approve();
    rounds += 1;
  }
  return rounds;
}

/** Everybody works until the submission is judged: a job whose lease nobody knows of is offered again. */
async function evaluate(crew: readonly Member[], statusOf: () => Promise<string>): Promise<void> {
  const settle = async () => {
    await Promise.all(crew.map(workOff));
    return statusOf();
  };
  await expect.poll(settle, PATIENCE).not.toBe("evaluating");
}
