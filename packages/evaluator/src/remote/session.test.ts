import { createHash, randomUUID } from "node:crypto";
import { seedsHash } from "@assay/core";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { Calibrated } from "../calibration/calibrated.ts";
import { type ReferenceAgent, referenceAgents } from "../calibration/reference-agents.ts";
import { CODE_HASH } from "../code-hash.ts";
import { DEFAULT_LIMITS } from "../evaluator.ts";
import { identityOf } from "../identity.ts";
import { waypointNavigation } from "../tasks/waypoint-navigation.ts";
import { hostile, straight } from "../test/agents.ts";
import { playInProcess } from "../test/in-process.ts";
import { seedsNamed } from "../test/seeds.ts";
import { SECRET, type ValidatorSocket, validatorPort } from "../test/validator-socket.ts";
import { JOIN_PROTOCOL, type RunOrder } from "./protocol.ts";
import { joinOnce } from "./session.ts";

vi.setConfig({ testTimeout: 120_000 });

const task = waypointNavigation();
const seeds = seedsNamed("session", 3);
let port: Awaited<ReturnType<typeof validatorPort>>;
beforeAll(async () => {
  port = await validatorPort();
});
afterAll(() => port.close());

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

function order(artefact: Uint8Array, about: Partial<RunOrder> = {}): RunOrder {
  return {
    type: "run",
    run: randomUUID(),
    cycleId: "cycle",
    evaluator: identityOf(task),
    taskConfig: {},
    limits: DEFAULT_LIMITS,
    seeds,
    artefactSha256: sha256(artefact),
    artefact: Buffer.from(artefact).toString("base64"),
    ...about,
  };
}

type About = {
  secret?: string;
  references?: readonly ReferenceAgent[];
  knocks?: boolean;
  progressMs?: number;
};

/** Dials; `ended` is what becomes of the connection, never an unhandled rejection. */
function dial({ secret = SECRET, references = [], ...about }: About = {}) {
  const stop = new AbortController();
  const place = { join: port.url, secret, evaluatorName: "host-b" };
  const around = { log: pino({ level: "silent" }), signal: stop.signal, onJoined: () => {}, ...about };
  const ended = joinOnce(place, { ...around, calibrated: new Calibrated(references) });
  ended.catch(() => {});
  return { ended, stop };
}

async function joined(about: About = {}) {
  const arriving = port.joined();
  const dialled = dial(about);
  const validator = await arriving;
  expect(await validator.next()).toEqual({
    type: "hello",
    protocol: JOIN_PROTOCOL,
    name: "host-b",
    codeHash: CODE_HASH,
    containers: false,
    knocks: false,
  });
  validator.welcome();
  return { ...dialled, validator };
}

async function leave({ stop, ended, validator }: Awaited<ReturnType<typeof joined>>) {
  stop.abort(new Error("enough"));
  expect(await validator.next()).toEqual({ type: "leave" });
  await ended;
}

async function answered(validator: ValidatorSocket, about: RunOrder) {
  validator.say(about);
  return validator.next();
}

test("an order is answered with what the agent does everywhere, and with all it rests on", async () => {
  const session = await joined();
  const ordered = order(straight);
  expect(await answered(session.validator, ordered)).toEqual({
    type: "result",
    run: ordered.run,
    evaluator: identityOf(task),
    artefactSha256: sha256(straight),
    seedsHash: await seedsHash(seeds),
    episodes: await playInProcess(straight, { task, seeds }),
    failure: null,
  });
  expect(await answered(session.validator, order(hostile.traps.bytes))).toMatchObject({
    type: "result",
    episodes: [],
    failure: { code: "EVALUATOR_AGENT_TRAP" },
  });
  await leave(session);
});

test("a run tells that it gets on, from the reference agents to the last turn", async () => {
  const session = await joined({ references: referenceAgents.slice(0, 1), progressMs: 0 });
  const ordered = order(straight);
  session.validator.say(ordered);
  let done = 0;
  for (;;) {
    const message = await session.validator.next();
    if (message.type !== "progress") {
      expect(message).toMatchObject({ type: "result", run: ordered.run });
      break;
    }
    expect(message).toEqual({ type: "progress", run: ordered.run, done: done + 1 });
    done = message.done;
  }
  const episodes = await playInProcess(straight, { task, seeds });
  expect(done).toBeGreaterThan(1 + Math.max(...episodes.map(({ steps }) => steps)));
  await leave(session);
});

test("who knocks hears that it would be taken, and leaves", async () => {
  const arriving = port.joined();
  const { ended } = dial({ knocks: true });
  const validator = await arriving;
  expect(await validator.next()).toMatchObject({ type: "hello", knocks: true });
  validator.welcome();
  expect(await ended).toMatchObject({ wasJoined: true });
});

test.each<[string, Partial<RunOrder>, string]>([
  ["names bytes it does not bring", { artefactSha256: "00".repeat(32) }, "EVALUATOR_ARTEFACT_MISMATCH"],
  [
    "names other code",
    { evaluator: { ...identityOf(task), codeHash: "ff".repeat(32) } },
    "EVALUATOR_IDENTITY_MISMATCH",
  ],
  ["has a configuration no task knows", { taskConfig: { wind: 1 } }, "EVALUATOR_CONFIG_INVALID"],
])("an order that %s is failed, never answered", async (_, about, code) => {
  const session = await joined();
  const ordered = order(straight, about);
  expect(await answered(session.validator, ordered)).toMatchObject({
    type: "failed",
    run: ordered.run,
    code,
  });
  await leave(session);
});

test("a host whose reference agents earn something else judges nobody, and a final refusal ends it", async () => {
  const references = referenceAgents.map((reference) => ({ ...reference, outcome: "00".repeat(32) }));
  const { validator, ended } = await joined({ references });
  expect(await answered(validator, order(straight))).toMatchObject({
    type: "failed",
    code: "EVALUATOR_MISCALIBRATED",
  });
  validator.say({ type: "refused", reason: "miscalibrated", message: "not to be trusted" });
  await expect(ended).rejects.toMatchObject({ facts: { reason: "miscalibrated" } });
});

test("a cancelled run is not answered, and the next one is", async () => {
  const session = await joined();
  const { validator } = session;
  const endless = order(hostile["loops for ever in act"].bytes, {
    limits: { turnMs: 3_600_000, episodeMs: 3_600_000 },
  });
  validator.say(endless);
  validator.say({ type: "cancel", run: endless.run });
  const second = order(straight);
  expect(await answered(validator, second)).toMatchObject({ type: "result", run: second.run });
  await leave(session);
});

test("a validator that vanishes ends the session, and nothing of it runs on", async () => {
  const { validator, ended } = await joined();
  validator.say(order(hostile["loops for ever in act"].bytes));
  validator.socket.terminate();
  expect(await ended).toMatchObject({ wasJoined: true });
});

test("a validator that falls silent is left", async () => {
  const arriving = port.joined();
  const { ended } = dial();
  const validator = await arriving;
  validator.welcome(1);
  expect(await ended).toEqual({ wasJoined: true, why: "the validator fell silent" });
});

test.each([
  ["no JSON", "{"],
  ["an unknown message", '{"type":"sign","text":"pay"}'],
  ["bytes", Buffer.from([1, 2, 3])],
])("a peer that says %s is no validator", async (_, data) => {
  const { validator, ended } = await joined();
  validator.socket.send(data);
  expect(await ended).toMatchObject({ why: expect.stringContaining("does not know") });
});

test("another secret is refused for good, and never shown", async () => {
  const secret = "b".repeat(40);
  const { ended } = dial({ secret });
  const refusal = await ended.catch((error: unknown) => error);
  expect(refusal).toMatchObject({ code: "EVALUATOR_JOIN_REFUSED", facts: { reason: "secret" } });
  expect(String(refusal)).not.toContain(secret);
});

test.each([
  ["protocol", true],
  ["code", true],
  ["crowded", false],
  ["malformed", false],
] as const)("a refusal because of %s is final: %s", async (reason, isFinal) => {
  const { validator, ended } = await joined();
  validator.say({ type: "refused", reason, message: "no" });
  if (isFinal) await expect(ended).rejects.toMatchObject({ facts: { reason } });
  else expect(await ended).toEqual({ wasJoined: true, why: `${reason}: no` });
});
