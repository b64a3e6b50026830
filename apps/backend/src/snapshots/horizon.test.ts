import { type AppRouter, type Caller, callByPath, createRouter, describeProcedures } from "@assay/api";
import { addCanaries } from "@assay/db/test";
import { afterAll, beforeAll, expect, test } from "vitest";
import { broadcastDuty } from "../duties/scoring.ts";
import { createDesk, type Desk } from "../testing/desk.ts";
import { enlist, openCompetition, submit, workAll } from "../testing/work.ts";
import { createWorld, hotkeyOf, TEMPO, VALIDATORS, type World } from "../testing/world.ts";
import { createVerbs } from "../verbs.ts";

let world: World;
let desk: Desk;
let router: AppRouter;
/** What every public procedure is asked; one that is missing here fails the test. */
let questions: Record<string, object | undefined>;
/** What else people with a key may ask. */
let keyQuestions: Record<string, object | undefined>;
/** What stands in a column of every table that no answer has a name for. */
let canary: string;
let candidateId: string;
let competitionId: string;

beforeAll(async () => {
  world = await createWorld();
  canary = await addCanaries(world.db);
  desk = await createDesk(world);
  router = createRouter(createVerbs(desk.backend));
  await enlist(desk, VALIDATORS);
  competitionId = (await openCompetition(desk)).id;
  for (const [name, share] of [
    ["Mia", 0.9],
    ["Mo", 0.6],
  ] as const)
    await submit(desk, { name, competitionId, skill: { share, salt: name } });
  await desk.cycle(5);
  for (const name of VALIDATORS) await workAll(desk, name);
  await desk.cycle(1);
  const admin = desk.as("admin");
  const { items: pending } = await admin.candidates.list({ status: "pending" });
  const { address: mia } = await hotkeyOf("Mia");
  const { id = "", submissionId = "", cycleId = "" } = pending.find(({ hotkey }) => hotkey === mia) ?? {};
  candidateId = id;
  const rival = pending.find(({ hotkey }) => hotkey !== mia)?.submissionId ?? "";
  questions = {
    "competitions.get": { id: competitionId },
    "competitions.list": {},
    "competitions.thresholds": { id: competitionId },
    "cycles.get": { id: cycleId },
    "cycles.list": { competitionId },
    "leaderboards.get": { competitionId },
    "leaders.list": undefined,
    "rules.get": undefined,
    "scores.list": { competitionId },
    "snapshots.atBlock": { block: 1_000_000 },
    "snapshots.get": { version: 1 },
    "snapshots.inputs": { version: 1 },
    "snapshots.list": {},
    "submissions.explain": { id: submissionId },
    "submissions.explain of another": { id: rival },
    "submissions.get": { id: submissionId },
    "submissions.list": {},
    "system.info": undefined,
  };
  keyQuestions = {
    "audit.list": {},
    "bans.list": {},
    "candidates.compare": { id: candidateId },
    "candidates.get": { id: candidateId },
    "candidates.list": {},
    "keys.list": {},
    "keys.requests": {},
    "leaders.history": { competitionId },
    "settings.get": undefined,
    "validators.list": undefined,
  };
}, 120_000);
afterAll(async () => {
  await desk.close();
  await world.close();
});

const key = (role: "admin" | "reviewer" | "viewer" | "validator", hotkey: string | null): Caller => {
  return { kind: "key", id: `key_${role}`, name: role, role, hotkey };
};

/** What a procedure says, or why it refuses. */
async function answerOf(name: string, caller: Caller): Promise<unknown> {
  const [path = ""] = name.split(" ");
  const ctx = { requestId: "r1", caller };
  const input = questions[name] ?? keyQuestions[name] ?? {};
  try {
    return await callByPath(router, { path, ctx, input });
  } catch (error) {
    return String(error);
  }
}

async function answers(caller: Caller = { kind: "public" }): Promise<Record<string, unknown>> {
  const all = Object.keys(questions).map(async (name) => [name, await answerOf(name, caller)] as const);
  return Object.fromEntries(await Promise.all(all));
}

const leadersOf = async (caller: Caller) => (await answerOf("leaders.list", caller)) as { hotkey: string }[];

test("every public procedure is asked", () => {
  const open = describeProcedures(router).filter(({ access }) => access === "public");
  const asked = Object.keys(questions).map((name) => name.split(" ")[0]);
  expect(new Set(asked)).toEqual(new Set(open.map(({ path }) => path)));
});

test("an approval changes nothing that the public is told until its weights can be read on chain", async () => {
  const before = await answers();
  world.clock.advance(1_000);
  await desk.as("admin").candidates.approve({ id: candidateId });
  expect(await answers()).toEqual(before);
  expect(await answers(key("viewer", null))).toEqual(before);
  const { address: mia } = await hotkeyOf("Mia");
  const { address: vera } = await hotkeyOf("Vera");
  const setters: Caller[] = [key("validator", vera), { kind: "hotkey", hotkey: vera, isValidator: true }];
  for (const caller of [key("reviewer", null), ...setters])
    expect(await leadersOf(caller)).toMatchObject([{ hotkey: mia }]);
  for (const caller of [
    key("viewer", null),
    key("validator", mia),
    { kind: "hotkey", hotkey: vera, isValidator: false } as const,
    { kind: "hotkey", hotkey: mia, isValidator: false } as const,
  ])
    expect(await leadersOf(caller)).toEqual([]);
});

test("a cycle in which the new leader runs along names it neither by its scores nor by a comparison", async () => {
  const skill = { share: 1, salt: "Max" };
  const { submission } = await submit(desk, { name: "Max", competitionId, skill });
  const { submissionId: leaderSubmissionId } = await desk.as("admin").candidates.get({ id: candidateId });
  const timesMeasured = async (id: string, caller: Caller) => {
    const { items } = (await answerOf("scores.list", caller)) as { items: { submissionId: string }[] };
    return items.filter(({ submissionId }) => submissionId === id).length;
  };
  const stranger: Caller = { kind: "public" };
  const before = await timesMeasured(leaderSubmissionId, stranger);
  await desk.cycle(10);
  for (let round = 0; round < 3; round += 1) {
    for (const name of VALIDATORS) await workAll(desk, name);
    await desk.cycle(1);
  }
  const explained = (caller: Caller) => {
    const ctx = { requestId: "r1", caller };
    return callByPath(router, { path: "submissions.explain", ctx, input: { id: submission.id } });
  };
  expect(await explained(stranger)).toMatchObject({ candidate: { status: "pending", comparison: null } });
  expect(await explained(key("reviewer", null))).toMatchObject({
    candidate: { status: "pending", comparison: { leaderSubmissionId } },
  });
  for (const path of ["submissions.explain", "submissions.get", "submissions.list"]) {
    const textFor = async (caller: Caller) =>
      JSON.stringify(
        await callByPath(router, { path, ctx: { requestId: "r1", caller }, input: { id: submission.id } }),
      );
    expect(await textFor(stranger)).toContain("by how much is told later");
    expect(await textFor(key("viewer", null))).not.toMatch(/the leader's/);
    expect(await textFor(key("reviewer", null))).toContain("above the leader's ");
  }
  const again = await submit(desk, { name: "Max", competitionId, skill });
  expect(again.submission.explanation).toContain("by how much is told later");
  expect(await timesMeasured(submission.id, stranger)).toBeGreaterThan(0);
  expect(await timesMeasured(leaderSubmissionId, stranger)).toBe(before);
  expect(await timesMeasured(leaderSubmissionId, key("reviewer", null))).toBeGreaterThan(before);
});

test("two epochs later everybody knows who leads, where, and what became of the others", async () => {
  world.clock.advance(600_000);
  await desk.run(broadcastDuty(desk.backend, { everySeconds: 600 }));
  await desk.blocks(2 * TEMPO);
  const known = await answers();
  const { address: mia } = await hotkeyOf("Mia");
  expect(known["leaders.list"]).toMatchObject([{ hotkey: mia, candidateId }]);
  expect(known["leaderboards.get"]).toMatchObject({
    items: [{ isLeader: false }, { hotkey: mia, isLeader: true }, { isLeader: false }],
  });
  expect(JSON.stringify(known["submissions.list"])).toContain("above the leader's");
  expect(known["submissions.explain"]).toMatchObject({ candidate: { status: "approved" } });
  expect(known["submissions.explain of another"]).toMatchObject({
    candidate: { status: "superseded", supersededBecause: "bar-moved" },
  });
});

test("a column that no answer names reaches nobody, whatever is asked", async () => {
  const open = describeProcedures(router).filter(({ type }) => type === "query");
  const byKey = open.filter(({ access }) => ["viewer", "reviewer", "admin"].includes(access ?? ""));
  expect(Object.keys(keyQuestions)).toEqual(byKey.map(({ path }) => path).toSorted());
  const admin = key("admin", null);
  for (const name of [...Object.keys(questions), ...Object.keys(keyQuestions)]) {
    const answer = JSON.stringify(await answerOf(name, admin));
    expect([name, answer.length > 2, answer.includes(canary)]).toEqual([name, true, false]);
  }
});

test("a leader that is revoked goes on leading for the public until that can be read on chain", async () => {
  const before = await answers();
  world.clock.advance(1_000);
  await desk.as("admin").candidates.revoke({ id: candidateId, reason: "it was copied" });
  expect(await answers()).toEqual(before);
  expect(await leadersOf(key("reviewer", null))).toEqual([]);
  await desk.blocks(2 * TEMPO);
  expect(await leadersOf({ kind: "public" })).toEqual([]);
  expect(await answerOf("submissions.explain", { kind: "public" })).toMatchObject({
    candidate: { status: "revoked", reason: "it was copied" },
  });
});
