import { canonicalJson, PPB, RulesDocument, recomputeSnapshot, type SnapshotInputs } from "@assay/core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LOG } from "../log-messages.ts";
import { winner } from "../testing/authority.ts";
import {
  effectiveSets,
  NETUID,
  rowOnChain,
  skipTo,
  startLife,
  startSubnet,
  TEMPO,
  type TestSubnet,
  UID,
} from "../testing/subnet.ts";

const UUID = "01900000-0000-7000-8000-000000000000";

let subnet: TestSubnet;
/** What the backend has published, by version; a version without is not to be had. */
let published: Map<number, string>;

beforeEach(async () => {
  subnet = await startSubnet();
  await skipTo(subnet, 3);
  published = new Map();
});

afterEach(() => subnet.close());

function startAs(mode: "alarm" | "refuse") {
  const inputsOf = async (version: number) => {
    const inputs = published.get(version);
    if (inputs === undefined) throw new Error("the backend is away");
    return { version, inputs };
  };
  return startLife({ ...subnet, limits: { recompute: { mode, inputsOf } } });
}

function inputsOf(about: Partial<SnapshotInputs> = {}): SnapshotInputs {
  const { genesisHash: genesis } = subnet.chain;
  const leader = { hotkey: subnet.first.hotkey, decision: `candidate_${UUID}`, loss: null };
  const rules = RulesDocument.parse({
    scheme: "assay-rules-v1",
    netuid: NETUID,
    mechid: 0,
    fromBlock: 0,
    versionKey: "0",
    minValidatorVersion: "0.1.0",
    burn: 0,
    instances: [{ id: "main", mechanism: "competition", share: PPB }],
  });
  return {
    scheme: "assay-snapshot-inputs-v1",
    genesis,
    block: 1,
    forEpoch: 0,
    tempo: TEMPO,
    revealPeriodEpochs: 0,
    onExpiry: "stop",
    ownerHotkey: subnet.owner.hotkey,
    registered: [subnet.first.hotkey],
    rules,
    competitions: [{ id: `competition_${UUID}`, points: 100, leader }],
    ...about,
  };
}

/** A snapshot that follows from inputs, signed; what is published may be something else. */
async function snapshotOf(inputs: SnapshotInputs, version = 1) {
  const { body } = await recomputeSnapshot(inputs, version);
  return subnet.authority.sign({ version, forged: body });
}

const epochs = async () => (await effectiveSets(subnet)).map(({ epoch }) => epoch);

test("a snapshot that follows from its inputs is sent, also if they are away later", async () => {
  const life = await startAs("refuse");
  published.set(1, canonicalJson(inputsOf()));
  life.inbox.put(await snapshotOf(inputsOf()));
  await life.stepTo(10);
  expect(life.told(LOG.snapshotRecomputed)).toHaveLength(1);
  published.clear();
  await life.stop();
  const next = await startAs("refuse");
  await next.stepTo(79);
  expect(await epochs()).toEqual([0, 1]);
  expect(await rowOnChain(subnet)).toEqual([[UID.first, 65_535]]);
  await next.stop();
});

test("a vector that was edited is held under refuse, until a newer version is in order", async () => {
  const life = await startAs("refuse");
  const honest = inputsOf();
  published.set(1, canonicalJson(honest));
  const { body } = await recomputeSnapshot(honest, 1);
  const edited = await subnet.authority.sign({ vector: winner(subnet.second.hotkey), forged: {} });
  expect(body.vectorHash).not.toBe(JSON.parse(edited.body).vectorHash);
  life.inbox.put(edited);
  await life.stepTo(39);
  expect(await epochs()).toEqual([]);
  expect(life.told(LOG.snapshotMismatch)).toMatchObject([{ level: 50, code: "VALIDATOR_SNAPSHOT_MISMATCH" }]);
  expect(life.told(LOG.weightsHeld)[0]).toMatchObject({ code: "VALIDATOR_SNAPSHOT_MISMATCH" });
  published.set(2, canonicalJson(honest));
  life.inbox.put(await snapshotOf(honest, 2));
  await life.stepTo(79);
  expect(await epochs()).toEqual([1]);
  await life.stop();
});

test("while a newer snapshot is in doubt the last one that was in order goes on, and never an older one", async () => {
  const life = await startAs("refuse");
  const honest = inputsOf();
  const next = inputsOf({ registered: [subnet.first.hotkey, subnet.second.hotkey] });
  published.set(1, canonicalJson(honest)).set(2, canonicalJson(honest));
  life.inbox.put(await snapshotOf(honest));
  await life.stepTo(39);
  life.inbox.put(await subnet.authority.sign({ version: 2, vector: winner(subnet.second.hotkey) }));
  await life.stepTo(79);
  expect(life.told(LOG.snapshotMismatch)).toHaveLength(1);
  life.inbox.put(await snapshotOf(next, 3));
  await life.stepTo(119);
  const sent = () => life.told(LOG.weightsPlanned).map(({ snapshotVersion }) => snapshotVersion);
  expect([await epochs(), sent()]).toEqual([
    [0, 1, 2],
    [1, 1, 1],
  ]);
  expect(await rowOnChain(subnet)).toEqual([[UID.first, 65_535]]);
  published.set(3, canonicalJson(next));
  await life.stepTo(159);
  expect(sent()).toEqual([1, 1, 1, 3]);
  await life.stop();
});

test("what was verified before something newer was set is not gone back to", async () => {
  const alarm = await startAs("alarm");
  published.set(1, canonicalJson(inputsOf()));
  alarm.inbox.put(await snapshotOf(inputsOf()));
  await alarm.stepTo(39);
  alarm.inbox.put(await subnet.authority.sign({ version: 2, vector: winner(subnet.second.hotkey) }));
  await alarm.stepTo(79);
  await alarm.stop();
  const refuse = await startAs("refuse");
  await refuse.stepTo(119);
  expect(await epochs()).toEqual([0, 1]);
  expect(refuse.told(LOG.weightsHeld)[0]).toMatchObject({ code: "VALIDATOR_SNAPSHOT_UNVERIFIED" });
  await refuse.stop();
});

test("under alarm a vector that was edited is told and sent all the same", async () => {
  const life = await startAs("alarm");
  published.set(1, canonicalJson(inputsOf()));
  life.inbox.put(await subnet.authority.sign({ vector: winner(subnet.second.hotkey) }));
  await life.stepTo(39);
  expect(life.told(LOG.snapshotMismatch)).toHaveLength(1);
  expect(await rowOnChain(subnet)).toEqual([[UID.second, 65_535]]);
  await life.stop();
});

test.each<[string, () => Partial<SnapshotInputs>, RegExp]>([
  ["another owner", () => ({ ownerHotkey: subnet.first.hotkey }), /the owner was/],
  ["another tempo", () => ({ tempo: 99 }), /the tempo was 40/],
  ["a hotkey that was not registered", () => ({ registered: [subnet.owner.coldkey] }), /was not registered/],
])("inputs that say %s than the chain do not count", async (_, about, problem) => {
  const life = await startAs("refuse");
  const inputs = inputsOf(about());
  published.set(1, canonicalJson(inputs));
  life.inbox.put(await snapshotOf(inputs));
  await life.stepTo(10);
  expect(life.told(LOG.snapshotMismatch)[0]?.["error"]).toMatch(problem);
  await life.stop();
});

test("without inputs nothing is sent under refuse, and weights are sent as soon as they come", async () => {
  const life = await startAs("refuse");
  life.inbox.put(await snapshotOf(inputsOf()));
  await life.stepTo(39);
  expect(await epochs()).toEqual([]);
  expect(life.told(LOG.weightsHeld)[0]).toMatchObject({ code: "VALIDATOR_SNAPSHOT_UNVERIFIED" });
  published.set(1, canonicalJson(inputsOf()));
  await life.stepTo(79);
  expect(await epochs()).toEqual([1]);
  await life.stop();
});

test("inputs of a block that is not final here yet are looked at once it is, and nobody is blamed", async () => {
  const life = await startAs("refuse");
  const ahead = inputsOf({ block: 12 });
  published.set(1, canonicalJson(ahead));
  life.inbox.put(await snapshotOf(ahead));
  await life.stepTo(12);
  expect(life.told(LOG.snapshotRecomputed)).toEqual([]);
  await life.stepTo(39);
  expect(life.told(LOG.snapshotRecomputed)).toHaveLength(1);
  expect(life.told(LOG.snapshotMismatch)).toEqual([]);
  expect(await epochs()).toEqual([0]);
  await life.stop();
});

test("what keeps this validator from computing a snapshot again is told, and keeps no weights under alarm", async () => {
  const inputsOfVersion = async () => ({ version: 1, inputs: canonicalJson(inputsOf()) });
  const limits = { recompute: { mode: "alarm", inputsOf: inputsOfVersion } } as const;
  const blockHash = () => () => Promise.reject(new Error("no answer"));
  const life = await startLife({ ...subnet, limits }, { blockHash });
  life.inbox.put(await snapshotOf(inputsOf()));
  await life.stepTo(39);
  expect(life.told(LOG.snapshotNotRecomputed)[0]).toMatchObject({ level: 40, version: 1 });
  expect(life.told(LOG.snapshotMismatch)).toEqual([]);
  expect(await epochs()).toEqual([0]);
  await life.stop();
});
