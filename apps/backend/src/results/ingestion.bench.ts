import { randomBytes } from "node:crypto";
import { createClient } from "@assay/client";
import { insertResult, insertSubmission, listResultsOfCycle, type NewResult, openDatabase } from "@assay/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Prepared, prepare, send } from "../testing/calls.ts";
import { eachOf, millisecondsOf, quantile } from "../testing/figures.ts";
import { type Spawned, spawnBackend } from "../testing/process.ts";
import { EVALUATOR, signedResult } from "../testing/work.ts";
import { createWorld, hotkeyOf, NETUID, VALIDATORS, type World } from "../testing/world.ts";

/** Each becomes one job of every validator. */
const SUBMISSIONS = 1_500;
const EPISODES = 200;
const AT_ONCE = 32;
const ROUNDS = 5;
const PER_ROUND = SUBMISSIONS / ROUNDS;
/** Far enough that the cycle does not close before all submissions are in. */
const FIRST_BLOCK = 50;

let world: World;
let replica: Spawned;
let url: string;

beforeAll(async () => {
  world = await createWorld({ startAt: Date.now() });
  const unlimited = {
    ASSAY_REQUESTS_PER_MINUTE: "10000000",
    ASSAY_HOTKEY_REQUESTS_PER_MINUTE: "10000000",
    ASSAY_LEASE_SECONDS: "3600",
  };
  const entry = new URL("../testing/mortal-main.ts", import.meta.url);
  replica = spawnBackend(entry, { env: { ...world.environment, ...unlimited } });
  ({ url } = await replica.ready);
}, 60_000);
afterAll(async () => {
  replica.child.kill("SIGKILL");
  await replica.ended;
  await world.close();
});

const admin = () => createClient({ url, netuid: NETUID, apiKey: world.adminToken });
const validator = async (name: string) => createClient({ url, netuid: NETUID, signer: await hotkeyOf(name) });

/** A competition with a cycle in which every validator has a job on every submission. */
async function openWork(): Promise<{ cycleId: string }> {
  for (const name of VALIDATORS) {
    const { address: hotkey } = await hotkeyOf(name);
    await admin().keys.create({ name, role: "validator", hotkey });
    await (await validator(name)).validators.heartbeat(ALIVE);
  }
  const thresholds = { minEpisodes: EPISODES };
  const common = {
    name: "bench",
    task: EVALUATOR.task,
    evaluator: EVALUATOR,
    cycleBlocks: 10_000,
    thresholds,
  };
  const { id: competitionId } = await admin().competitions.create(common);
  const accepted = { acceptedAt: new Date(), acceptedAtBlock: FIRST_BLOCK, sizeBytes: 100 };
  for (let made = 0; made < SUBMISSIONS; made += 1) {
    const someone = {
      hotkey: `hotkey-${made}`,
      coldkey: `coldkey-${made}`,
      sha256: randomBytes(32).toString("hex"),
    };
    const values = { netuid: NETUID, competitionId, ...someone, ...accepted };
    await world.db.transaction().execute((trx) => insertSubmission(trx, values));
  }
  for (;;) {
    await world.devnet.newBlock(5);
    const { items } = await admin().cycles.list({ competitionId });
    const running = items.find(({ status }) => status === "running");
    if (running !== undefined) return { cycleId: running.id };
  }
}

const ALIVE = {
  softwareVersion: "0.1.0",
  duties: ["evaluate" as const],
  snapshotVersion: null,
  lastSet: null,
};

/** Requests as they go over the wire, made beforehand: what is measured is the backend, not its clients. */
async function prepared(count: number) {
  const name = VALIDATORS[0];
  const signer = await hotkeyOf(name);
  const client = await validator(name);
  const requests = [];
  while (requests.length < count) {
    const job = await client.jobs.claim();
    if (job === null) throw new Error("no job is left");
    const call = { url, path: "results.report", signer, timestampMs: Date.now() };
    const episodes = job.seeds.map((_, index) => ({ success: index % 2 === 0, reward: 0.123456, steps: 57 }));
    requests.push(await prepare({ ...call, input: await signedResult({ name, job, episodes }) }));
  }
  return requests;
}

/** Everything is sent, so many at a time; in rows per second. */
async function rateOf<Item>(items: readonly Item[], act: (item: Item) => Promise<unknown>): Promise<number> {
  return (items.length / (await millisecondsOf(() => eachOf(items, { atOnce: AT_ONCE, act })))) * 1_000;
}

/** Rows like those the backend has stored, under attempts that nobody has made. */
async function rowsLike(cycleId: string, round: number): Promise<NewResult[]> {
  const [model] = await listResultsOfCycle(world.db, cycleId);
  if (model === undefined) throw new Error("nothing was stored");
  return Array.from({ length: PER_ROUND }, (_, index) => ({
    ...model,
    body: model.body ?? "",
    attempt: 2 + round * PER_ROUND + index,
  }));
}

test("results per second through signed HTTP, and what the same database takes as bare inserts", async () => {
  const { cycleId } = await openWork();
  const bare = openDatabase(world.settings.databaseUrl);
  const [http, inserts]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    const report = async (request: Prepared) => expect((await send(url, request)).status).toBe(200);
    http.push(await rateOf(await prepared(PER_ROUND), report));
    const insert = (row: NewResult) => bare.transaction().execute((trx) => insertResult(trx, row));
    inserts.push(await rateOf(await rowsLike(cycleId, round), insert));
  }
  await bare.destroy();
  const [ours, theirs] = [quantile(http, 0.5), quantile(inserts, 0.5)];
  const ratio = (ours / theirs).toFixed(2);
  console.info(
    `${ours.toFixed(0)} results/s through signed HTTP, ${theirs.toFixed(0)} bare inserts/s: ${ratio}`,
  );
}, 600_000);
