import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { signerFromUri } from "@assay/chain/wallet";
import { type Job, ResultBody, type Signer } from "@assay/core";
import { Calibrated, entries } from "@assay/evaluator";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { LINK_LIMITS, type Limits } from "../evaluators/link.ts";
import { localWorker } from "../evaluators/local.ts";
import { type LocalUse, Pool } from "../evaluators/pool.ts";
import { reviewBy, unreviewed } from "../evaluators/review.ts";
import { type EvaluatorServer, startEvaluatorServer } from "../evaluators/server.ts";
import { LOG } from "../log-messages.ts";
import { createTables } from "../store/schema.ts";
import { IDLE_AGENT, LOOPING_AGENT } from "../testing/agents.ts";
import { anAnswer } from "../testing/assignment.ts";
import { aJob, jobBoard } from "../testing/board.ts";
import { capturedLog } from "../testing/captured-log.ts";
import { EvaluatorSocket, SECRET } from "../testing/evaluator-socket.ts";
import { IDENTITY } from "../testing/journal-rows.ts";
import { evaluateDuty } from "./evaluate.ts";

vi.setConfig({ testTimeout: 240_000 });

const HEAD = { block: 1, hash: "0x01" };
const folder = mkdtempSync(join(tmpdir(), "assay-elsewhere-"));
const secretFile = join(folder, "secret");
let signer: Signer;
let db: DatabaseSync;
let servers: EvaluatorServer[];
let sockets: EvaluatorSocket[];
let children: ChildProcess[];

beforeAll(async () => {
  writeFileSync(secretFile, SECRET, { mode: 0o600 });
  signer = await signerFromUri("//Validator");
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  [servers, sockets, children] = [[], [], []];
  db = new DatabaseSync(":memory:");
  createTables(db, IDENTITY);
});
afterEach(async () => {
  for (const child of children) child.kill("SIGKILL");
  for (const { socket } of sockets) socket.terminate();
  await Promise.all(servers.map((server) => server.close()));
});

type About = { use?: LocalUse; spotCheck?: number } & Partial<Pick<Limits, "silenceMs" | "allowanceMs">>;

/** Nobody loses a job because this machine is busy. */
const PATIENT: Limits = { ...LINK_LIMITS, silenceMs: 3_600_000, allowanceMs: () => 3_600_000 };

/** A validator's evaluate duty with a port where evaluators join. */
async function validator(jobs: Job[], { use = "spare", spotCheck = 0, ...limits }: About = {}) {
  const backend = jobBoard({ jobs: [...jobs], artefacts: [IDLE_AGENT, LOOPING_AGENT] });
  const { log, lines } = capturedLog();
  const local = localWorker(new Calibrated([]));
  const pool = new Pool({ local, use });
  const review = spotCheck === 0 ? unreviewed : reviewBy({ local, episodes: spotCheck });
  const address = { host: "127.0.0.1", port: 0 };
  const about = { pool, log, review, limits: { ...PATIENT, ...limits } };
  const server = await startEvaluatorServer({ ...address, ...about, secret: SECRET });
  servers.push(server);
  const store = { db, path: ":memory:", close: () => db.close() };
  const clock = { now: () => Date.parse("2026-01-01T00:00:00.000Z") };
  const duty = evaluateDuty({ board: backend.board, pool, store, signer, clock, log });
  const stop = new AbortController();
  const bodies = () => backend.results.map(({ body }) => ResultBody.parse(JSON.parse(body)));
  const moved = () => lines.filter(({ msg }) => msg === LOG.jobMoved).length;
  const run = () => duty.run(HEAD, stop.signal);
  return { ...backend, port: server.port, pool, run, stop, bodies, moved };
}

type Validator = Awaited<ReturnType<typeof validator>>;

async function evaluator({ port }: Validator): Promise<EvaluatorSocket> {
  const one = new EvaluatorSocket(port);
  sockets.push(one);
  await one.join();
  expect(await one.next()).toMatchObject({ type: "welcome" });
  return one;
}

/** The program an operator starts on the other host, with nothing in its environment but what it needs. */
async function program({ port }: Validator, name: string) {
  const args = [fileURLToPath(entries.join), "--join", `ws://127.0.0.1:${port}`, "--evaluator-name", name];
  const child = spawn(process.execPath, args, { env: { ASSAY_JOIN_SECRET_FILE: secretFile } });
  children.push(child);
  const ended = new Promise((resolve) => child.once("close", resolve));
  const said = (msg: string) =>
    new Promise<void>((resolve) =>
      createInterface(child.stderr).on("line", (line) => {
        if (line.includes(`"msg":"${msg}"`)) resolve();
      }),
    );
  const started = said("run started");
  const ready = new Promise((resolve) => createInterface(child.stdout).once("line", resolve));
  return { child, ended, started, ready: ready.then((line) => JSON.parse(String(line))) };
}

test("several evaluators work at once, and the validator signs what each found", async () => {
  const jobs = [aJob(IDLE_AGENT), aJob(IDLE_AGENT), aJob(IDLE_AGENT)];
  const host = await validator(jobs);
  const [first, second] = [await evaluator(host), await evaluator(host)];
  const running = host.run();
  const [one, two] = [await first.order(), await second.order()];
  second.say(anAnswer(two));
  const three = await second.order();
  second.say(anAnswer(three));
  first.say(anAnswer(one));
  await running;
  expect(
    host
      .bodies()
      .map(({ jobId }) => jobId)
      .toSorted(),
  ).toEqual(jobs.map(({ id }) => id));
  for (const body of host.bodies())
    expect(body).toMatchObject({
      validator: signer.address,
      episodes: anAnswer(one).episodes,
      failure: null,
    });
  expect([host.failures, host.pool.joined]).toEqual([[], 2]);
});

test("an evaluator that joins while others work gets a job at once", async () => {
  const host = await validator([aJob(IDLE_AGENT), aJob(IDLE_AGENT)]);
  const first = await evaluator(host);
  const running = host.run();
  const one = await first.order();
  const second = await evaluator(host);
  second.say(anAnswer(await second.order()));
  first.say(anAnswer(one));
  await running;
  expect(host.results).toHaveLength(2);
});

test("what an evaluator loses in the middle another gets, then this host, under the same lease", async () => {
  const job = aJob(IDLE_AGENT);
  const host = await validator([job]);
  const [first, second] = [await evaluator(host), await evaluator(host)];
  const running = host.run();
  await first.order();
  first.socket.terminate();
  const { run } = await second.order();
  second.say({ type: "failed", run, code: "EVALUATOR_SANDBOX_DIED", message: "no memory" });
  await running;
  expect(host.bodies()).toMatchObject([{ jobId: job.id, attempt: 1, episodes: [{}, {}, {}] }]);
  expect([host.failures, host.releases, host.moved(), host.pool.joined]).toEqual([[], [], 2, 1]);
});

test("a liar on another host cannot keep a job from being judged here", async () => {
  const host = await validator([aJob(IDLE_AGENT)]);
  const liar = await evaluator(host);
  const running = host.run();
  liar.say({ ...anAnswer(await liar.order()), episodes: [{ success: true, reward: 1e9, steps: 1 }] });
  await running;
  expect(host.bodies()[0]?.episodes.map(({ success }) => success)).toEqual([false, false, false]);
});

test("one that holds a job up loses it, and no other that brings the secret gets to hold it, too", async () => {
  const job = aJob(IDLE_AGENT);
  const host = await validator([job], { silenceMs: 1_000 });
  const [first, second] = [await evaluator(host), await evaluator(host)];
  const running = host.run();
  await first.order();
  await running;
  expect(await first.next()).toMatchObject({ type: "refused", reason: "stalled" });
  expect(host.bodies()).toMatchObject([{ jobId: job.id, attempt: 1 }]);
  second.say({ type: "leave" });
  await second.closed;
  expect([second.heard(), host.failures, host.moved()]).toEqual([[], [], 1]);
});

test("what seems to get on for ever is another's in the end", async () => {
  const host = await validator([aJob(IDLE_AGENT)], { allowanceMs: () => 1_000 });
  const one = await evaluator(host);
  const running = host.run();
  const { run } = await one.order();
  for (const done of [1, 2, 3]) one.say({ type: "progress", run, done });
  await running;
  expect(await one.next()).toMatchObject({ type: "refused", reason: "overdue" });
  expect(host.bodies()).toHaveLength(1);
});

test("a lie that is possible is found by playing it again, and never signed", async () => {
  const host = await validator([aJob(IDLE_AGENT)], { spotCheck: 1 });
  const liar = await evaluator(host);
  const running = host.run();
  const answer = anAnswer(await liar.order());
  liar.say(answer);
  await running;
  expect(host.bodies()[0]?.episodes).not.toEqual(answer.episodes);
  expect(await liar.next()).toMatchObject({ type: "refused", reason: "mismatch" });
});

test("a job that every evaluator fails is given back, if this host never evaluates", async () => {
  const job = aJob(IDLE_AGENT);
  const host = await validator([job], { use: "never" });
  const failing = await evaluator(host);
  const running = host.run();
  for (let tries = 0; tries < 3; tries++) {
    const { run } = await failing.order();
    failing.say({ type: "failed", run, code: "EVALUATOR_SANDBOX_DIED", message: "no memory" });
  }
  await running;
  expect(host.failures).toEqual([
    { id: job.id, attempt: 1, reason: expect.stringContaining("VALIDATOR_EVALUATOR_LOST") },
  ]);
});

test("nothing is claimed while nobody may evaluate", async () => {
  const jobs = [aJob(IDLE_AGENT)];
  const host = await validator(jobs, { use: "never" });
  await host.run();
  expect([host.results, host.failures]).toEqual([[], []]);
  const late = await evaluator(host);
  const running = host.run();
  late.say(anAnswer(await late.order()));
  await running;
  expect(host.results).toHaveLength(1);
});

test("a stop takes back what evaluators have, and gives it back to the backend", async () => {
  const job = aJob(IDLE_AGENT);
  const host = await validator([job]);
  const one = await evaluator(host);
  const running = expect(host.run()).rejects.toThrow("stopping");
  const { run } = await one.order();
  host.stop.abort(new Error("stopping"));
  expect(await one.next()).toEqual({ type: "cancel", run });
  await running;
  expect([host.releases, host.results]).toEqual([[{ id: job.id, attempt: 1 }], []]);
});

test("processes evaluate as this host does; one that is killed loses nothing, and all stop when asked", async () => {
  const here = await validator([aJob(IDLE_AGENT)]);
  await here.run();
  const there = await validator([aJob(LOOPING_AGENT), aJob(IDLE_AGENT)], { use: "never" });
  const mortal = await program(there, "mortal");
  expect(await mortal.ready).toMatchObject({ ready: true, app: "evaluator", name: "mortal" });
  const running = there.run();
  await mortal.started;
  mortal.child.kill("SIGKILL");
  await mortal.ended;
  const steady = await program(there, "steady");
  await running;
  const outcomes = there
    .bodies()
    .map(({ episodes, failure }) => ({ episodes, failure: failure?.code ?? null }));
  expect(outcomes).toEqual([
    { episodes: [], failure: "EVALUATOR_AGENT_TIMEOUT" },
    { episodes: here.bodies()[0]?.episodes, failure: null },
  ]);
  expect(there.failures).toEqual([]);
  steady.child.kill("SIGTERM");
  expect(await steady.ended).toBe(0);
});

test("a program with another secret ends at once, as one that is configured wrongly", async () => {
  const host = await validator([]);
  writeFileSync(secretFile, "another secret than the validator's".replaceAll(" ", "-"));
  const stranger = await program(host, "stranger");
  expect(await stranger.ended).toBe(78);
  writeFileSync(secretFile, SECRET);
});
