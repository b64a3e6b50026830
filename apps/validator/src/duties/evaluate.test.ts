import { DatabaseSync } from "node:sqlite";
import { signerFromUri, verifySignature } from "@assay/chain/wallet";
import { canonicalJson, type Job, openStatement, ResultBody, type Signer } from "@assay/core";
import { Calibrated, identityOf, type ReferenceAgent, referenceAgents, taskFor } from "@assay/evaluator";
import { beforeAll, beforeEach, expect, test } from "vitest";
import type { EvaluateContext, JobOutcome } from "../evaluate/context.ts";
import { localWorker } from "../evaluators/local.ts";
import { Pool } from "../evaluators/pool.ts";
import { LOG } from "../log-messages.ts";
import { findReceipt } from "../store/receipts.ts";
import { findResultState, listQueuedResults } from "../store/results.ts";
import { createTables } from "../store/schema.ts";
import { HOSTILE_AGENTS, IDLE_AGENT, LOOPING_AGENT, NO_AGENT } from "../testing/agents.ts";
import { aJob, jobBoard, receiptFor, sha256 } from "../testing/board.ts";
import { capturedLog, type LogLine } from "../testing/captured-log.ts";
import { IDENTITY } from "../testing/journal-rows.ts";
import { evaluateDuty } from "./evaluate.ts";

const HEAD = { block: 1, hash: "0x01" };
const NOW = Date.parse("2026-01-01T00:00:00.000Z");

let signer: Signer;
let db: DatabaseSync;
let lines: LogLine[];
let outcomes: JobOutcome[];

beforeAll(async () => {
  signer = await signerFromUri("//Validator");
});

beforeEach(() => {
  db = new DatabaseSync(":memory:");
  createTables(db, IDENTITY);
});

type Work = { jobs: Job[]; artefacts: readonly Uint8Array[]; references?: readonly ReferenceAgent[] };

function dutyFor(work: Work) {
  const backend = jobBoard(work);
  const captured = capturedLog();
  lines = captured.lines;
  outcomes = [];
  const store = { db, path: ":memory:", close: () => db.close() };
  const context: EvaluateContext = {
    board: backend.board,
    pool: new Pool({ local: localWorker(new Calibrated(work.references ?? [])), isOpen: false }),
    store,
    signer,
    clock: { now: () => NOW },
    log: captured.log,
    onJob: (outcome) => outcomes.push(outcome),
  };
  const duty = evaluateDuty(context);
  const stop = new AbortController();
  return { ...backend, stop, run: () => duty.run(HEAD, stop.signal) };
}

function opened(result: { body: string; signature: string } | undefined): ResultBody {
  const nothing = { body: "", signature: "" };
  return openStatement(result ?? nothing, {
    address: signer.address,
    schema: ResultBody,
    verify: verifySignature,
  });
}

test("every open job is evaluated, signed and reported", async () => {
  const jobs = [aJob(IDLE_AGENT), aJob(IDLE_AGENT)];
  const [first, second] = jobs;
  const references = referenceAgents;
  const { run, results, failures } = dutyFor({ jobs: [...jobs], artefacts: [IDLE_AGENT], references });
  await run();
  const bodies = results.map(opened);
  expect(bodies.map(({ jobId }) => jobId)).toEqual([first?.id, second?.id]);
  expect(bodies[0]).toMatchObject({
    validator: signer.address,
    attempt: 1,
    failure: null,
    artefactSha256: sha256(IDLE_AGENT),
    seedsHash: sha256(canonicalJson(first?.seeds ?? [])),
    evaluator: first?.evaluator,
  });
  expect(bodies[0]?.episodes.map(({ success }) => success)).toEqual([false, false, false]);
  expect(failures).toEqual([]);
  expect(listQueuedResults(db, 10)).toEqual([]);
}, 60_000);

test.each([["is no WebAssembly", NO_AGENT, "EVALUATOR_AGENT_REFUSED"]])(
  "an agent that %s is a signed outcome, not a failure of the validator",
  async (_, agent, code) => {
    const { run, results, failures } = dutyFor({ jobs: [aJob(agent)], artefacts: [agent] });
    await run();
    expect(opened(results[0])).toMatchObject({ failure: { code }, episodes: [] });
    expect(failures).toEqual([]);
  },
  60_000,
);

test("of every kind of hostile agent one ends by name, signed, and a good one after them is judged as ever", async () => {
  const agents = Object.values(HOSTILE_AGENTS);
  const jobs = [IDLE_AGENT, ...agents.map(([agent]) => agent), IDLE_AGENT].map((agent) => aJob(agent));
  const artefacts = [IDLE_AGENT, ...agents.map(([agent]) => agent)];
  const { run, results, failures } = dutyFor({ jobs, artefacts });
  const before = process.memoryUsage().arrayBuffers;
  await run();
  const [first, ...bodies] = results.map(opened);
  const last = bodies.pop();
  expect(bodies.map(({ failure }) => failure?.code)).toEqual(agents.map(([, code]) => code));
  for (const { episodes, failure } of bodies) {
    expect(episodes).toEqual([]);
    expect(failure?.detail.length).toBeLessThan(600);
  }
  expect([last?.failure, last?.episodes]).toEqual([null, first?.episodes]);
  expect(failures).toEqual([]);
  // What agents brought or took is not kept in the process that holds the key.
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000);
}, 240_000);

test.each<[string, Partial<Job>, string]>([
  [
    "names another evaluator",
    { evaluator: { ...aJob(IDLE_AGENT).evaluator, codeHash: "ff".repeat(32) } },
    "EVALUATOR_IDENTITY_MISMATCH",
  ],
  ["has another configuration than it names", { taskConfig: { unheardOf: 7 } }, "EVALUATOR_CONFIG_INVALID"],
  [
    "names an unknown task",
    { evaluator: { ...aJob(IDLE_AGENT).evaluator, task: "chess" } },
    "EVALUATOR_TASK_UNKNOWN",
  ],
  ["names bytes the backend does not have", { artefactSha256: "00".repeat(32) }, "CLIENT_ARTEFACT_MISMATCH"],
])("a job that %s is given back and never answered", async (_, about, code) => {
  const job = aJob(IDLE_AGENT, about);
  const { run, results, failures } = dutyFor({ jobs: [job], artefacts: [IDLE_AGENT] });
  await run();
  expect(results).toEqual([]);
  expect(failures).toEqual([{ id: job.id, attempt: 1, reason: expect.stringMatching(`^${code}`) }]);
  expect(lines.filter(({ msg }) => msg === LOG.jobFailed)).toHaveLength(1);
});

test("a job for containers, which nobody here runs and nobody will, is given back at once and named", async () => {
  const task = "waypoint-navigation-container";
  const job = aJob(IDLE_AGENT, { evaluator: { ...aJob(IDLE_AGENT).evaluator, task } });
  const { run, results, failures } = dutyFor({ jobs: [job], artefacts: [IDLE_AGENT] });
  await run();
  expect(results).toEqual([]);
  expect(failures).toMatchObject([
    { id: job.id, reason: expect.stringMatching(/^EVALUATOR_CONTAINERS_OFF/) },
  ]);
});

const error = (code: string) => Object.assign(new Error(code), { code });

test("a result the backend did not acknowledge is sent again, the same bytes", async () => {
  const job = aJob(IDLE_AGENT);
  const { run, results, answers } = dutyFor({ jobs: [job], artefacts: [IDLE_AGENT] });
  answers.report = () => Promise.reject(error("CLIENT_UNREACHABLE"));
  await expect(run()).rejects.toThrow("CLIENT_UNREACHABLE");
  const [queued] = listQueuedResults(db, 10);
  answers.report = async () => {};
  await run();
  expect(results).toEqual([queued?.signed]);
  expect(findResultState(db, { jobId: job.id, attempt: 1 })).toBe("acknowledged");
});

test("a final refusal ends a result, and the others are still sent", async () => {
  const jobs = [aJob(IDLE_AGENT), aJob(IDLE_AGENT)];
  const [refused, accepted] = jobs;
  const { run, results, answers } = dutyFor({ jobs: [...jobs], artefacts: [IDLE_AGENT] });
  const replies = [() => Promise.reject(error("API_RESULT_REFUSED")), async () => {}];
  answers.report = () => replies.shift()?.() ?? Promise.resolve();
  await run();
  expect(results.map((result) => opened(result).jobId)).toEqual([accepted?.id]);
  expect(findResultState(db, { jobId: refused?.id ?? "", attempt: 1 })).toBe("refused");
});

test("an attempt that was answered is not evaluated again, the next attempt is", async () => {
  const job = aJob(IDLE_AGENT);
  const again = [job, job, { ...job, attempt: 2 }];
  const { run, results, failures } = dutyFor({ jobs: again, artefacts: [IDLE_AGENT] });
  await run();
  expect(results.map((result) => opened(result).attempt)).toEqual([1, 2]);
  expect(failures).toEqual([{ id: job.id, attempt: 1, reason: expect.stringContaining("answered before") }]);
});

test("a lease that was lost ends the evaluation without an answer", async () => {
  const job = aJob(LOOPING_AGENT, { leasedUntil: "2026-01-01T00:00:01.000Z" });
  const { run, results, failures, heartbeats, answers } = dutyFor({
    jobs: [job],
    artefacts: [LOOPING_AGENT],
  });
  answers.heartbeat = () => Promise.reject(error("API_LEASE_LOST"));
  await run();
  expect(heartbeats).toEqual([{ id: job.id, attempt: 1 }]);
  expect(results).toEqual([]);
  expect(failures).toEqual([]);
}, 60_000);

test("a stop in the middle of an evaluation gives the job back without blame", async () => {
  const job = aJob(LOOPING_AGENT);
  const { run, results, failures, releases, stop } = dutyFor({ jobs: [job], artefacts: [LOOPING_AGENT] });
  const ended = expect(run()).rejects.toThrow("stopping");
  setImmediate(() => stop.abort(new Error("stopping")));
  await ended;
  expect([results, failures]).toEqual([[], []]);
  expect(releases).toEqual([{ id: job.id, attempt: 1 }]);
}, 60_000);

test("a stop does not fail over a job that cannot be given back", async () => {
  const { run, board, stop } = dutyFor({ jobs: [aJob(LOOPING_AGENT)], artefacts: [LOOPING_AGENT] });
  board.jobs.release = () => Promise.reject(error("CLIENT_UNREACHABLE"));
  const ended = expect(run()).rejects.toThrow("stopping");
  setImmediate(() => stop.abort(new Error("stopping")));
  await ended;
  expect(lines.filter(({ msg }) => msg === LOG.jobNotReleased)).toHaveLength(1);
}, 60_000);

test("a host whose reference agents earn something else gives every job back and judges nobody", async () => {
  const references = referenceAgents.map((reference) => ({ ...reference, outcome: "00".repeat(32) }));
  const jobs = [aJob(IDLE_AGENT), aJob(IDLE_AGENT)];
  const ids = jobs.map(({ id }) => id);
  const { run, results, failures } = dutyFor({ jobs, artefacts: [IDLE_AGENT], references });
  await run();
  expect(results).toEqual([]);
  expect(failures.map(({ id }) => id)).toEqual(ids);
  for (const { reason } of failures) expect(reason).toMatch(/^EVALUATOR_MISCALIBRATED: .*greedy/);
  expect(outcomes).toEqual(["miscalibrated", "miscalibrated"]);
  expect(lines.filter(({ msg }) => msg === LOG.hostMiscalibrated)).toMatchObject(
    ids.map((jobId) => ({ jobId, level: 50, code: "EVALUATOR_MISCALIBRATED" })),
  );
}, 120_000);

test("a host that is right in one configuration and wrong in another judges in the first alone", async () => {
  const taskConfig = { obstacles: 3, maxSteps: 20 };
  const evaluator = identityOf(taskFor(aJob(IDLE_AGENT).evaluator, taskConfig));
  const [wrong, right] = [aJob(IDLE_AGENT, { taskConfig, evaluator }), aJob(IDLE_AGENT)];
  const references = referenceAgents.map((one) => ({ ...one, twin: () => () => [0, 0] }));
  const jobs = [wrong, right];
  const { run, results, failures } = dutyFor({ jobs: [...jobs], artefacts: [IDLE_AGENT], references });
  await run();
  expect(results.map((result) => opened(result).jobId)).toEqual([right.id]);
  expect(failures).toEqual([
    { id: wrong.id, attempt: 1, reason: expect.stringMatching(/^EVALUATOR_MISCALIBRATED: .*configured as/) },
  ]);
}, 120_000);

test("a receipt that proves nothing is no acknowledgement, and the other results are sent all the same", async () => {
  const jobs = [aJob(IDLE_AGENT), aJob(IDLE_AGENT)];
  const keys = jobs.map(({ id: jobId }) => ({ jobId, attempt: 1 }));
  const { run, answers, results } = dutyFor({ jobs: [...jobs], artefacts: [IDLE_AGENT] });
  answers.report = async () => {
    answers.report = async () => {};
    throw error("CLIENT_BAD_RECEIPT");
  };
  await run();
  expect(results.map((result) => opened(result).jobId)).toEqual(keys.map(({ jobId }) => jobId));
  expect(keys.map((key) => findReceipt(db, key))).toEqual(results.map(receiptFor));
  const refused = lines.filter(({ msg }) => msg === LOG.resultRefused);
  expect(refused).toMatchObject([{ ...keys[0], isFinal: false }]);
});
