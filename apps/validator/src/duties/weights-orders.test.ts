import type { Chain } from "@assay/chain";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LOG } from "../log-messages.ts";
import { listOpenIntents, planIntent } from "../store/intents.ts";
import { leaveOrder } from "../store/orders.ts";
import { winner } from "../testing/authority.ts";
import { anIntentPlan } from "../testing/journal-rows.ts";
import {
  effectiveSets,
  rowOnChain,
  startLife,
  startSubnet,
  type TestSubnet,
  UID,
} from "../testing/subnet.ts";

let subnet: TestSubnet;

beforeEach(async () => {
  subnet = await startSubnet();
});

afterEach(() => subnet.close());

async function started(limits: TestSubnet["limits"] = {}) {
  const life = await startLife({ ...subnet, limits });
  life.inbox.put(await subnet.authority.sign({ vector: winner(subnet.first.hotkey) }));
  return life;
}

const epochs = async () => (await effectiveSets(subnet)).map(({ epoch }) => epoch);

test("a pause holds over a restart, until resumed in the middle of an epoch", async () => {
  const life = await started();
  leaveOrder(subnet.folder, { kind: "pause", reason: "maintenance" });
  await life.stepTo(20);
  await life.stop();
  const next = await startLife(subnet);
  await next.stepTo(73);
  expect(await epochs()).toEqual([]);
  expect(next.told(LOG.weightsHeld)[0]).toMatchObject({
    code: "VALIDATOR_PAUSED",
    reason: expect.stringContaining("maintenance"),
  });
  expect(next.vitals.hold).toMatchObject({ code: "VALIDATOR_PAUSED" });
  leaveOrder(subnet.folder, { kind: "resume" });
  await next.step();
  expect(next.vitals.hold).toBeUndefined();
  await next.stepTo(79);
  expect(await epochs()).toEqual([1]);
  await next.stop();
});

test("a vector that moves more than the operator allows is held, and let through by a resume", async () => {
  const life = await started({ maxChangePpb: 500_000_000 });
  await life.stepTo(45);
  expect(await epochs()).toEqual([0]);
  life.inbox.put(await subnet.authority.sign({ version: 2, vector: winner(subnet.second.hotkey) }));
  await life.stepTo(80);
  expect(await epochs()).toEqual([0]);
  expect(life.told(LOG.weightsHeld)).toMatchObject([
    { code: "VALIDATOR_CHANGE_TOO_LARGE", reason: expect.stringMatching(/moves 100 %.*allows 50 %/) },
  ]);
  leaveOrder(subnet.folder, { kind: "resume" });
  await life.stepTo(119);
  expect(await epochs()).toEqual([0, 2]);
  expect(await rowOnChain(subnet)).toContainEqual([UID.second, 65_535]);
  await life.stop();
});

test("nothing is signed while the journal cannot be written, and weights are set once it can", async () => {
  const life = await started();
  await life.stepTo(29);
  const { db } = life.store;
  const pages = Number(db.prepare("pragma page_count").get()?.["page_count"]);
  db.exec(`pragma max_page_count = ${pages}`);
  const fill = () => {
    for (let epochIndex = 0; ; epochIndex++)
      planIntent(db, anIntentPlan({ storageIndex: 999, epochIndex, vectorHash: "1" }));
  };
  expect(fill).toThrow(expect.objectContaining({ code: "VALIDATOR_JOURNAL_UNWRITABLE" }));
  await expect(life.stepTo(40)).rejects.toMatchObject({ code: "VALIDATOR_JOURNAL_UNWRITABLE" });
  expect(life.told(LOG.weightsSigned)).toEqual([]);
  db.exec("pragma max_page_count = 4294967294");
  db.exec("delete from intents where storage_index = 999");
  await life.stepTo(79);
  expect((await epochs()).length).toBeGreaterThan(0);
  expect(listOpenIntents(db, 1)).toEqual([]);
  await life.stop();
});

test("a journal that became read-only signs nothing, which the status shows, until it can be written", async () => {
  const life = await started();
  await life.stepTo(29);
  const { db } = life.store;
  db.exec("pragma query_only = on");
  await expect(life.stepTo(39)).rejects.toMatchObject({ code: "VALIDATOR_JOURNAL_UNWRITABLE" });
  expect(life.vitals.hold).toMatchObject({ code: "VALIDATOR_JOURNAL_UNWRITABLE" });
  expect(subnet.devnet.extrinsics).toEqual([]);
  db.exec("pragma query_only = off");
  await life.stepTo(79);
  expect((await epochs()).length).toBeGreaterThan(0);
  expect(life.vitals.hold).toBeUndefined();
  await life.stop();
});

test("weights that are overdue are said after two tempos, and as an error after three", async () => {
  const life = await startLife(subnet);
  await life.stepTo(165);
  const told = life.told(LOG.weightsOverdue);
  expect(told.map(({ level, tempos }) => [level, tempos])).toEqual([
    [40, 2],
    [50, 3],
    [50, 4],
  ]);
  const metrics = await life.vitals.metrics.registry.metrics();
  expect(metrics).toMatch(/^assay_validator_overdue_tempos 4$/m);
  expect(metrics).toMatch(/^assay_validator_epochs_missed_total 4$/m);
  await life.stop();
});

test("weights become overdue also while the duty fails with every block, and that is told", async () => {
  const life = await startLife(subnet, {
    metagraph: () => () => Promise.reject(new Error("no answer")),
  });
  await life.step();
  life.inbox.put(await subnet.authority.sign({ vector: winner(subnet.first.hotkey) }));
  while (subnet.devnet.head().number < 125) await expect(life.step()).rejects.toThrow("no answer");
  expect(life.told(LOG.weightsOverdue).map(({ level, tempos }) => [level, tempos])).toEqual([
    [40, 2],
    [50, 3],
  ]);
  await life.stop();
});

test("after a failure the status shows again what held before", async () => {
  let isAway = false;
  const epochState = (real: Chain): Chain["epochState"] => {
    return (...asked) => (isAway ? Promise.reject(new Error("no answer")) : real.epochState(...asked));
  };
  const life = await startLife(subnet, { epochState });
  leaveOrder(subnet.folder, { kind: "pause", reason: "maintenance" });
  await life.stepTo(38);
  isAway = true;
  await expect(life.step()).rejects.toThrow("no answer");
  await expect(life.step()).rejects.toThrow("no answer");
  expect(life.vitals.hold).toMatchObject({
    code: "VALIDATOR_UNKNOWN",
    reason: expect.stringMatching(/no answer/),
  });
  isAway = false;
  await life.step();
  expect(life.vitals.hold).toMatchObject({ code: "VALIDATOR_PAUSED" });
  await life.stop();
});
