import { type AppRouter, callByPath, createRouter, describeProcedures, type KeyCaller } from "@assay/api";
import { listAudit } from "@assay/db";
import { addCanaries, contentOf } from "@assay/db/test";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDesk, type Desk, refusalOf } from "../testing/desk.ts";
import { pending } from "../testing/queue.ts";
import { EVALUATOR, openCompetition } from "../testing/work.ts";
import { createWorld, hotkeyOf, NETUID, type World } from "../testing/world.ts";
import { createVerbs } from "../verbs.ts";

let world: World;
let desk: Desk;
let router: AppRouter;
/** What stands in a column of every table that no answer has a name for. */
let canary: string;
/** A key in force, and one that was revoked after its requests were let in. */
let caller: KeyCaller;
let gone: KeyCaller;

beforeAll(async () => {
  world = await createWorld();
  canary = await addCanaries(world.db);
  desk = await createDesk(world);
  router = createRouter(createVerbs(desk.backend));
  [caller, gone] = [await newAdmin("ada"), await newAdmin("gone")];
  await admin().keys.revoke({ id: gone.id });
}, 60_000);
afterAll(async () => {
  await desk.close();
  await world.close();
});

const admin = () => desk.as("admin");
const reason = "a good reason";

async function newAdmin(name: string): Promise<KeyCaller> {
  const { id } = await admin().keys.create({ name, role: "admin" });
  return { kind: "key", id, name, role: "admin", hotkey: null };
}

const addressOf = async (name: string) => (await hotkeyOf(name)).address;
const nobody = (kind: string) => ({ id: `${kind}_019a0000-0000-7000-8000-000000000000`, reason });
const someKey = async () => (await admin().keys.create({ name: "some", role: "viewer" })).id;
const competition = async () => (await openCompetition(desk)).id;
const candidate = async () => pending(desk, await competition());
const inReview = async () => ({ id: (await candidate()).id, reason });

async function requested(name: string) {
  const { id } = await (await desk.signedBy(name)).keys.request({ name });
  return { id, reason };
}

/** What leads to an act, and to its refusal. */
type Scenario = { right(): Promise<object>; wrong(): object | Promise<object> };

/** Every procedure with which a person changes something; one that is missing here fails the test. */
const ACTS: Record<string, Scenario> = {
  "bans.create": {
    right: async () => ({ address: await addressOf("stranger"), reason }),
    wrong: () => ({ address: "somebody", reason }),
  },
  "bans.lift": {
    right: async () => {
      const { id } = await admin().bans.create({ address: await addressOf("another stranger"), reason });
      return { id, reason };
    },
    wrong: () => nobody("ban"),
  },
  "candidates.approve": { right: inReview, wrong: () => nobody("candidate") },
  "candidates.recommend": {
    right: async () => ({ ...(await inReview()), verdict: "approve", note: reason }),
    wrong: () => ({ ...nobody("candidate"), verdict: "approve", note: reason }),
  },
  "candidates.reject": { right: inReview, wrong: () => nobody("candidate") },
  "candidates.revoke": {
    right: async () => {
      const { id } = await inReview();
      await admin().candidates.approve({ id });
      return { id, reason };
    },
    wrong: inReview,
  },
  "competitions.archive": {
    right: async () => ({ id: await competition(), reason }),
    wrong: () => nobody("competition"),
  },
  "competitions.create": {
    right: async () => ({ name: "another", task: EVALUATOR.task, evaluator: EVALUATOR }),
    wrong: () => ({ name: "another", task: "no such task", evaluator: EVALUATOR }),
  },
  "competitions.pause": {
    right: async () => ({ id: await competition(), reason }),
    wrong: () => nobody("competition"),
  },
  "competitions.resume": {
    right: async () => {
      const id = await competition();
      await admin().competitions.pause({ id, reason });
      return { id, reason };
    },
    wrong: async () => ({ id: await competition(), reason }),
  },
  "competitions.update": {
    right: async () => ({ id: await competition(), points: 7 }),
    wrong: async () => ({ id: await competition(), thresholds: { minEpisodes: 9 }, basedOn: 8 }),
  },
  "keys.create": {
    right: async () => ({ name: "new", role: "viewer" }),
    wrong: () => ({ name: "new", role: "validator", hotkey: `5${"F".repeat(47)}` }),
  },
  "keys.declareInterests": {
    right: async () => ({ addresses: [await addressOf("a friend")] }),
    wrong: () => ({ addresses: [`5${"F".repeat(47)}`] }),
  },
  "keys.grant": { right: () => requested("Vera"), wrong: () => nobody("request") },
  "keys.refuse": { right: () => requested("Viktor"), wrong: () => nobody("request") },
  "keys.revoke": { right: async () => ({ id: await someKey() }), wrong: () => nobody("key") },
  "keys.rotate": { right: async () => ({ id: await someKey() }), wrong: () => nobody("key") },
  "rules.put": {
    right: async () => rulesAfter(1),
    wrong: async () => ({ ...(await rulesAfter(2)), replaces: 0 }),
  },
  "settings.put": {
    right: async () => ({ basedOn: 0, settings: { reviewSlaHours: 24 } }),
    wrong: () => ({ basedOn: 9, settings: { reviewSlaHours: 12 } }),
  },
  "submissions.rerun": {
    right: async () => ({ id: (await candidate()).submissionId, reason }),
    wrong: () => nobody("submission"),
  },
};

async function rulesAfter(blocks: number) {
  const { rules, upcoming } = await admin().rules.get();
  const newest = upcoming ?? rules;
  return { replaces: newest.fromBlock, rules: { ...newest, fromBlock: 1_000 + blocks, burn: 1 } };
}

/** What miners and validators change with a signed request is theirs: receipts and signed results stand for it. */
const SIGNED = [
  "jobs.claim",
  "jobs.fail",
  "jobs.heartbeat",
  "jobs.release",
  "keys.collect",
  "keys.request",
  "results.report",
  "submissions.create",
  "submissions.withdraw",
  "validators.heartbeat",
];

const call = (path: string, by: KeyCaller, input: object) =>
  callByPath(router, { path, ctx: { requestId: "r1", caller: by }, input });
const acts = async () => (await listAudit(world.db, { netuid: NETUID, limit: 1_000 })).items;

test("the tables name every procedure that changes something", () => {
  const changing = describeProcedures(router).filter(({ type }) => type === "mutation");
  const byPerson = changing.filter(({ access }) => access === "admin" || access === "reviewer");
  expect(byPerson.map(({ path }) => path).toSorted()).toEqual(Object.keys(ACTS));
  const rest = changing.filter((one) => !byPerson.includes(one)).map(({ path }) => path);
  expect(rest.toSorted()).toEqual(SIGNED);
});

test.each(Object.entries(ACTS))(
  "%s leaves one act of its caller, and nothing if it fails",
  async (path, scenario) => {
    const [right, wrong] = [await scenario.right(), await scenario.wrong()];
    const before = await contentOf(world.db);
    expect((await refusalOf(call(path, caller, wrong)))?.code).toMatch(/^API_/);
    // Refused at the very end, when everything is written already and about to be committed.
    expect((await refusalOf(call(path, gone, right)))?.code).toBe("API_KEY_REVOKED");
    expect(await contentOf(world.db)).toEqual(before);

    const known = (await acts()).length;
    expect(JSON.stringify(await call(path, caller, right))).not.toContain(canary);
    const [newest, ...older] = await acts();
    expect(older).toHaveLength(known);
    expect(newest).toMatchObject({ actor: caller.id, facts: { keyName: caller.name } });
    expect(await contentOf(world.db)).not.toEqual(before);
  },
);
