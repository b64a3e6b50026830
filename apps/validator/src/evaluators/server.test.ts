import { JOIN_PROTOCOL, type JoinRefusal } from "@assay/evaluator";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LOG } from "../log-messages.ts";
import { anAnswer, anAssignment } from "../testing/assignment.ts";
import { capturedLog, type LogLine } from "../testing/captured-log.ts";
import { EvaluatorSocket, SECRET } from "../testing/evaluator-socket.ts";
import { LINK_LIMITS, type Limits } from "./link.ts";
import { localWorker } from "./local.ts";
import { Pool } from "./pool.ts";
import { type EvaluatorServer, startEvaluatorServer } from "./server.ts";

let pool: Pool;
let lines: LogLine[];
let servers: EvaluatorServer[];
let sockets: EvaluatorSocket[];
beforeEach(() => {
  servers = [];
  sockets = [];
});
afterEach(async () => {
  vi.useRealTimers();
  for (const { socket } of sockets) socket.terminate();
  await Promise.all(servers.map((server) => server.close()));
});

/** A port where evaluators join; nobody evaluates on this host. */
async function listen(limits: Limits = LINK_LIMITS): Promise<number> {
  const captured = capturedLog();
  lines = captured.lines;
  pool = new Pool({ local: localWorker(), use: "never" });
  const address = { host: "127.0.0.1", port: 0 };
  const server = await startEvaluatorServer({ ...address, secret: SECRET, pool, log: captured.log, limits });
  servers.push(server);
  return server.port;
}

function dial(...about: ConstructorParameters<typeof EvaluatorSocket>): EvaluatorSocket {
  const one = new EvaluatorSocket(...about);
  sockets.push(one);
  return one;
}

const forEver = new AbortController().signal;
const borrow = () => pool.borrow(forEver);
const refusals = () => lines.filter(({ msg }) => msg === LOG.evaluatorRefused).map(({ reason }) => reason);

/** Joins and gets an order; `outcome` is what the validator makes of it. */
async function ordered(limits?: Limits, options?: { autoPong: boolean }) {
  const port = await listen(limits);
  const evaluator = await dial(port, options).join();
  expect(await evaluator.next()).toMatchObject({ type: "welcome", protocol: JOIN_PROTOCOL });
  const { worker } = await borrow();
  const stop = new AbortController();
  const outcome = worker.evaluate(anAssignment({ signal: stop.signal }));
  outcome.catch(() => {});
  return { evaluator, outcome, worker, stop, order: await evaluator.order() };
}

test("an order brings everything an evaluator needs, and its answer is taken", async () => {
  const { evaluator, outcome, order } = await ordered();
  const { job, artefact } = anAssignment();
  expect(order).toMatchObject({ evaluator: job.evaluator, seeds: job.seeds, taskConfig: {} });
  expect(Buffer.from(order.artefact, "base64")).toEqual(Buffer.from(artefact));
  expect(JSON.stringify(order)).not.toMatch(/submission_|competition_|job_|hotkey|netuid/);
  evaluator.say(anAnswer(order));
  expect(await outcome).toEqual({ ok: true, episodes: anAnswer(order).episodes });
});

test("an agent's failure is an answer too", async () => {
  const { evaluator, outcome, order } = await ordered();
  const failure = { code: "EVALUATOR_AGENT_TRAP", detail: "unreachable" };
  evaluator.say({ ...anAnswer(order), episodes: [], failure });
  expect(await outcome).toEqual({ ok: false, failure });
});

test.each([undefined, "Bearer wrong", `Basic ${SECRET}`, SECRET, `Bearer ${SECRET}x`])(
  "who brings %s instead of the secret is not let in",
  async (authorization) => {
    const evaluator = dial(await listen(), { authorization: authorization ?? "" });
    await evaluator.closed;
    expect(pool.joined).toBe(0);
    expect(refusals()).toEqual(["secret"]);
    expect(JSON.stringify(lines)).not.toContain(SECRET);
  },
);

test.each([
  ["another version of the protocol", { protocol: JOIN_PROTOCOL + 1, news: true }, "protocol"],
  ["other code", { codeHash: "00".repeat(32) }, "code"],
  ["a name that could forge a log line", { name: "a\nb" }, "malformed"],
  ["no hello", { type: "result" }, "malformed"],
])("a hello with %s is refused by name", async (_, about, reason) => {
  const evaluator = dial(await listen());
  await evaluator.join(about);
  expect(await evaluator.next()).toMatchObject({ type: "refused", reason });
  await evaluator.closed;
  expect([pool.joined, refusals()]).toEqual([0, [reason]]);
});

/** Answers that no honest evaluator gives, with the refusal each ends in. */
const ODD: [string, (order: Parameters<typeof anAnswer>[0]) => object | string, JoinRefusal][] = [
  ["another run", (order) => ({ ...anAnswer(order), run: crypto.randomUUID() }), "unknown-run"],
  ["progress of another run", () => ({ type: "progress", run: crypto.randomUUID(), done: 1 }), "unknown-run"],
  ["progress backwards", ({ run }) => ({ type: "progress", run, done: 0 }), "malformed"],
  ["progress without end", ({ run }) => ({ type: "progress", run, done: 1e300 }), "malformed"],
  ["too few episodes", (order) => ({ ...anAnswer(order), episodes: [] }), "wrong-count"],
  [
    "a failure with episodes",
    (order) => ({ ...anAnswer(order), failure: { code: "EVALUATOR_AGENT_TRAP", detail: "" } }),
    "wrong-count",
  ],
  [
    "another configuration",
    (order) => ({ ...anAnswer(order), evaluator: { ...order.evaluator, configHash: "00".repeat(32) } }),
    "wrong-evaluator",
  ],
  ["another agent", (order) => ({ ...anAnswer(order), artefactSha256: "00".repeat(32) }), "wrong-artefact"],
  ["other seeds", (order) => ({ ...anAnswer(order), seedsHash: "00".repeat(32) }), "wrong-seeds"],
  ["a reward no episode has", (order) => withEpisode(order, { reward: 1.5 }), "out-of-range"],
  ["more steps than an episode has", (order) => withEpisode(order, { steps: 161 }), "out-of-range"],
  ["an episode without a step", (order) => withEpisode(order, { steps: 0 }), "out-of-range"],
  ["a reward that is null", (order) => withEpisode(order, { reward: null }), "malformed"],
  ["NaN", (order) => JSON.stringify(anAnswer(order)).replace("0.25", "NaN"), "malformed"],
  ["1e999", (order) => JSON.stringify(anAnswer(order)).replace("0.25", "1e999"), "malformed"],
  [
    "a failure of its own making",
    (order) => failing(order, { code: "EVALUATOR_AGENT_UGLY", detail: "" }),
    "malformed",
  ],
  [
    "a failure that steers a terminal",
    (order) => failing(order, { code: "EVALUATOR_AGENT_TRAP", detail: "\u001b[2J" }),
    "malformed",
  ],
  ["a field too many", (order) => ({ ...anAnswer(order), weight: 1 }), "malformed"],
  ["a prototype", () => '{"type":"leave","__proto__":{"type":"result"}}', "malformed"],
  ["brackets without end", () => "[".repeat(100_000), "malformed"],
  ["a second hello", () => ({ type: "hello", protocol: JOIN_PROTOCOL }), "malformed"],
  [
    "that its reference agents earn something else",
    ({ run }) => ({ type: "failed", run, code: "EVALUATOR_MISCALIBRATED", message: "" }),
    "miscalibrated",
  ],
];

function withEpisode(order: Parameters<typeof anAnswer>[0], about: object): object {
  const { episodes, ...answer } = anAnswer(order);
  return { ...answer, episodes: episodes.map((episode) => ({ ...episode, ...about })) };
}

function failing(order: Parameters<typeof anAnswer>[0], failure: object): object {
  return { ...anAnswer(order), episodes: [], failure };
}

test.each(ODD)(
  "an evaluator that answers with %s is cut off and its run is lost",
  async (_, answer, reason) => {
    const { evaluator, outcome, order } = await ordered();
    const odd = answer(order);
    evaluator.socket.send(typeof odd === "string" ? odd : JSON.stringify(odd));
    await expect(outcome).rejects.toMatchObject({
      code: "VALIDATOR_EVALUATOR_LOST",
      facts: { name: "stranger", why: expect.stringMatching(`^${reason}`) },
    });
    expect(await evaluator.next()).toMatchObject({ type: "refused", reason });
    await evaluator.closed;
    expect([pool.joined, refusals()]).toEqual([0, [reason]]);
  },
);

test("bytes and a message that is too large are cut off", async () => {
  const bytes = await ordered();
  bytes.evaluator.socket.send(Buffer.from("{}"));
  await expect(bytes.outcome).rejects.toThrow("malformed");
  const large = await ordered();
  large.evaluator.socket.send(Buffer.alloc(12_582_913, 32));
  await expect(large.outcome).rejects.toThrow("too-large");
  expect(refusals()).toEqual(["too-large"]);
});

test("a second answer is an offence, and the first one stands", async () => {
  const { evaluator, outcome, order } = await ordered();
  evaluator.say(anAnswer(order));
  evaluator.say(anAnswer(order));
  expect(await outcome).toMatchObject({ ok: true });
  await evaluator.closed;
  expect(refusals()).toEqual(["unknown-run"]);
});

test("an answer to a run that was cancelled meanwhile is none", async () => {
  const { evaluator, outcome, order, stop, worker } = await ordered();
  stop.abort(new Error("lease lost"));
  await expect(outcome).rejects.toThrow("lease lost");
  expect(await evaluator.next()).toEqual({ type: "cancel", run: order.run });
  evaluator.say(anAnswer(order));
  const again = worker.evaluate(anAssignment());
  const next = await evaluator.order();
  expect(next.run).not.toBe(order.run);
  evaluator.say(anAnswer(next));
  expect(await again).toMatchObject({ ok: true });
});

test("progress of a run that was cancelled meanwhile is none, and no offence", async () => {
  const { evaluator, outcome, order, stop, worker } = await ordered();
  stop.abort(new Error("lease lost"));
  await expect(outcome).rejects.toThrow("lease lost");
  for (const done of [1, 2]) evaluator.say({ type: "progress", run: order.run, done });
  const again = worker.evaluate(anAssignment());
  await evaluator.next();
  evaluator.say(anAnswer(await evaluator.order()));
  expect(await again).toMatchObject({ ok: true });
});

test("progress that repeats itself is an offence", async () => {
  const { evaluator, outcome, order } = await ordered();
  for (const done of [7, 7]) evaluator.say({ type: "progress", run: order.run, done });
  await expect(outcome).rejects.toMatchObject({ facts: { reason: "malformed" } });
});

test("an evaluator that could not do a run stays, and the run is another's", async () => {
  const { evaluator, outcome, order } = await ordered();
  evaluator.say({ type: "failed", run: order.run, code: "EVALUATOR_SANDBOX_DIED", message: "exit 137" });
  await expect(outcome).rejects.toThrow("EVALUATOR_SANDBOX_DIED: exit 137");
  expect([pool.joined, refusals()]).toEqual([1, []]);
});

test("an evaluator that leaves or vanishes loses its run without offence", async () => {
  const leaving = await ordered();
  leaving.evaluator.say({ type: "leave" });
  await expect(leaving.outcome).rejects.toThrow("it leaves");
  const vanishing = await ordered();
  vanishing.evaluator.socket.terminate();
  await expect(vanishing.outcome).rejects.toThrow("the connection is gone");
  expect([pool.joined, refusals()]).toEqual([0, []]);
  await expect(vanishing.worker.evaluate(anAssignment())).rejects.toThrow("it has left");
});

test("an evaluator that answers three heartbeats in a row with nothing, or no order, is cut off", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const silent = await ordered(LINK_LIMITS, { autoPong: false });
  vi.advanceTimersByTime(3 * LINK_LIMITS.heartbeatMs);
  expect(refusals()).toEqual([]);
  vi.advanceTimersByTime(LINK_LIMITS.heartbeatMs);
  await expect(silent.outcome).rejects.toThrow("silent");
  const idle = await ordered({ ...LINK_LIMITS, silenceMs: 5 });
  await expect(idle.outcome).rejects.toMatchObject({ facts: { reason: "stalled" } });
  expect(refusals()).toEqual(["stalled"]);
});

test("an evaluator that gets on for ever is cut off all the same", async () => {
  const limits = { ...LINK_LIMITS, allowanceMs: () => 2_000 };
  const { evaluator, outcome, order } = await ordered(limits);
  evaluator.say({ type: "progress", run: order.run, done: 1 });
  evaluator.say({ type: "progress", run: order.run, done: 2 });
  await expect(outcome).rejects.toMatchObject({ facts: { reason: "overdue" } });
});

test("who only knocks hears whether it would be taken, and gets nothing to do", async () => {
  const evaluator = await dial(await listen()).join({ knocks: true });
  expect(await evaluator.next()).toMatchObject({ type: "welcome", protocol: JOIN_PROTOCOL });
  evaluator.socket.close();
  await evaluator.closed;
  expect([pool.joined, refusals()]).toEqual([0, []]);
  const stranger = await dial(await listen()).join({ knocks: true, codeHash: "00".repeat(32) });
  expect(await stranger.next()).toMatchObject({ type: "refused", reason: "code" });
});

test("a validator that stops dismisses everybody", async () => {
  const { evaluator, outcome } = await ordered();
  await Promise.all([servers.pop()?.close(), expect(outcome).rejects.toThrow("the validator stops")]);
  await evaluator.closed;
  expect(refusals()).toEqual([]);
});

test("anything but a WebSocket is told what this is", async () => {
  const answer = await fetch(`http://127.0.0.1:${await listen()}/`);
  expect([answer.status, await answer.text()]).toEqual([426, "evaluators join here over WebSocket\n"]);
});
