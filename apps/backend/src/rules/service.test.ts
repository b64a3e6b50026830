import { PPB, RulesDocument, SnapshotBody } from "@assay/core";
import { latestSnapshot, listDuties, listRulesDocuments } from "@assay/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rulesDuty } from "../duties/rules.ts";
import { scoringDuty } from "../duties/scoring.ts";
import { createDesk, type Desk, refusalOf } from "../testing/desk.ts";
import { createWorld, NETUID, type World } from "../testing/world.ts";

let world: World;
let desk: Desk;
beforeAll(async () => {
  world = await createWorld();
  desk = await createDesk(world);
});
afterAll(async () => {
  await desk.close();
  await world.close();
});

const rulesNow = async () => (await desk.as("viewer").rules.get()).rules;

test("a subnet without rules gets one competition instance with everything, once", async () => {
  const other = await createDesk(world);
  expect(await listRulesDocuments(world.db, desk.backend)).toHaveLength(1);
  expect(await rulesNow()).toMatchObject({ netuid: NETUID, burn: 0, instances: [{ share: PPB }] });
  await other.close();
});

const dueAt = async (duty: string) =>
  (await listDuties(world.db, NETUID)).find(({ name }) => name === duty)?.dueAt.getTime();

test("new rules take over at their block, and are published as soon as they have", async () => {
  const scoring = scoringDuty(desk.backend, { everySeconds: 300 });
  const rulesLook = rulesDuty(desk.backend);
  await desk.run(scoring);
  await desk.run(rulesLook);
  expect(await dueAt(scoring.name)).toBe(world.clock.now() + 300_000);
  const rules = await rulesNow();
  const fromBlock = desk.backend.subnet.current().metagraph.at.block + 2;
  const put = await desk
    .as("admin")
    .rules.put({ replaces: rules.fromBlock, rules: { ...rules, fromBlock, burn: 7 } });
  expect(put).toMatchObject({ rules: { burn: 0 }, upcoming: { burn: 7 } });
  await desk.run(rulesLook);
  expect(await dueAt(scoring.name)).toBe(world.clock.now() + 300_000);
  await desk.blocks(2);
  await desk.run(rulesLook);
  expect(await dueAt(scoring.name)).toBe(world.clock.now());
  expect(await desk.as("viewer").rules.get()).toMatchObject({ rules: { burn: 7 }, upcoming: null });
  const [act] = (await desk.as("admin").audit.list({})).items;
  expect(act).toMatchObject({ action: "rules.put", facts: { rules: { burn: 7 } } });
});

test("of two editors of the same rules the second is told to look again", async () => {
  const rules = await rulesNow();
  const fromBlock = await desk.blocks(5);
  const edits = [1, 2].map((burn) =>
    refusalOf(
      desk.as("admin").rules.put({ replaces: rules.fromBlock, rules: { ...rules, fromBlock, burn } }),
    ),
  );
  const codes = (await Promise.all(edits)).map((refusal) => refusal?.code ?? "accepted").toSorted();
  expect(codes).toEqual(["API_RULES_CHANGED", "accepted"]);
});

test.each([
  ["in the past", { fromBlock: 0 }, "API_RULES_TOO_EARLY"],
  ["for another subnet", { netuid: NETUID + 1 }, "API_RULES_MISMATCH"],
  ["for another mechanism", { mechid: 1 }, "API_RULES_MISMATCH"],
  ["whose shares do not sum to one", { instances: [] }, "API_INVALID_INPUT"],
])("rules %s are refused", async (_what, changed, code) => {
  const rules = await rulesNow();
  const fromBlock = (await desk.blocks(1)) + 1;
  const input = { replaces: rules.fromBlock, rules: { ...rules, fromBlock, ...changed } };
  expect((await refusalOf(desk.as("admin").rules.put(input)))?.code).toBe(code);
});

test("rules may name every mechanism; of those the backend does not compute a snapshot says nothing", async () => {
  const rules = await rulesNow();
  const fromBlock = (await desk.blocks(1)) + 1;
  const instances = [
    { id: "competitions", mechanism: "competition" as const, share: PPB / 2 },
    { id: "cup", mechanism: "tournament" as const, share: PPB / 4 },
    { id: "media", mechanism: "challenge" as const, share: PPB / 8 },
    { id: "sets", mechanism: "subsets" as const, share: PPB / 8, environments: ["maze"] },
  ];
  const next = RulesDocument.parse({ ...rules, fromBlock, instances });
  await desk.as("admin").rules.put({ replaces: rules.fromBlock, rules: next });
  await desk.blocks(1);
  world.clock.advance(300_000);
  await desk.run(scoringDuty(desk.backend, { everySeconds: 300 }));
  const newest = await latestSnapshot(world.db, desk.backend);
  const body = SnapshotBody.parse(JSON.parse(newest?.body ?? ""));
  expect([newest?.policy, body.rules]).toEqual(["unknown", next]);
  expect(body.instances).toMatchObject([{ id: "competitions", vector: { policy: "burn" } }]);
});
