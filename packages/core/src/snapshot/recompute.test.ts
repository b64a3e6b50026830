import * as fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "../canonical/canonical-json.ts";
import { sha256Hex } from "../canonical/sha256.ts";
import { PPB } from "../schema/primitives.ts";
import { RulesDocument } from "../schema/rules-document.ts";
import { WeightVector } from "../schema/snapshot.ts";
import { SnapshotInputs } from "../schema/snapshot-inputs.ts";
import { asyncRefusalOf } from "../test/refusal.ts";
import { recomputeSnapshot } from "./recompute.ts";
import { competitionInput, numbered, snapshotInputs } from "./test/inputs.ts";
import { LEADER, rulesOf } from "./test/snapshots.ts";

const OTHER = `5${"N".repeat(47)}`;

test("the leader is paid, by the decision and inputs the body names", async () => {
  const inputs = snapshotInputs();
  const { body, vector, inputsHash, unregistered } = await recomputeSnapshot(inputs, 7);
  const paid = { policy: "leaders", entries: [{ hotkey: LEADER, share: PPB }], burn: 0 };
  expect(vector).toEqual(paid);
  expect(body).toMatchObject({
    version: 7,
    validUntil: 8_200,
    instances: [{ id: "agents", vector: paid, inputsHash, decisions: [numbered("candidate", 1)] }],
  });
  expect(inputsHash).toBe(await sha256Hex(canonicalJson(inputs)));
  expect(unregistered).toEqual([]);
});

test("a snapshot outlives the commits that hide what it pays", async () => {
  const { body } = await recomputeSnapshot(snapshotInputs({ tempo: 5000, revealPeriodEpochs: 3 }), 1);
  expect(body.validUntil).toBe(1000 + 3 * 5000 * 4);
});

test("a lost leader's points halve, and what it no longer gets goes to the undiminished", async () => {
  const loss = { lostAtBlock: 280, halfLifeBlocks: 360 };
  const lost = { hotkey: LEADER, decision: numbered("candidate", 1), loss };
  const led = { hotkey: OTHER, decision: numbered("candidate", 2), loss: null };
  const competitions = [
    competitionInput({ points: 1, leader: lost }),
    competitionInput({ id: numbered("competition", 2), points: 3, leader: led }),
  ];
  const { vector, unregistered } = await recomputeSnapshot(snapshotInputs({ competitions }), 1);
  expect(vector?.entries).toEqual([
    { hotkey: LEADER, share: 76_923_077 },
    { hotkey: OTHER, share: 923_076_923 },
  ]);
  expect(unregistered).toEqual([OTHER]);
});

test("nobody leads: everything burns, and nothing else does", async () => {
  const competitions = [competitionInput({ leader: null })];
  const { vector } = await recomputeSnapshot(snapshotInputs({ competitions }), 1);
  expect(vector).toEqual({ policy: "burn", entries: [], burn: PPB });
});

test("instances the backend does not compute have no vector, and the subnet's is not known", async () => {
  const instances = [
    { id: "agents", mechanism: "competition" as const, share: PPB / 2 },
    { id: "cup", mechanism: "tournament" as const, share: PPB / 4 },
    { id: "media", mechanism: "challenge" as const, share: PPB / 4 },
  ];
  const rules = RulesDocument.parse({ ...rulesOf(), instances });
  const { body, vector } = await recomputeSnapshot(snapshotInputs({ rules }), 1);
  expect(body.instances.map(({ id }) => id)).toEqual(["agents"]);
  expect(vector).toBeNull();
});

test.each<[string, Partial<SnapshotInputs>, string]>([
  [
    "a competition that stands twice",
    { competitions: [competitionInput(), competitionInput()] },
    "CORE_DUPLICATE",
  ],
  ["a leader lost in the future", { competitions: [lostAt(1001)] }, "CORE_OUT_OF_RANGE"],
  ["rules of later blocks", { block: 99 }, "CORE_INVALID_DOCUMENT"],
])("%s is refused", async (_name, changes, code) => {
  expect(await asyncRefusalOf(recomputeSnapshot(snapshotInputs(changes), 1))).toBe(code);
});

function lostAt(lostAtBlock: number) {
  const loss = { lostAtBlock, halfLifeBlocks: 360 };
  return competitionInput({ leader: { hotkey: LEADER, decision: numbered("candidate", 1), loss } });
}

const hotkeys = [LEADER, OTHER, `5${"P".repeat(47)}`];
const loss = fc.option(
  fc.record({ lostAtBlock: fc.nat(1000), halfLifeBlocks: fc.integer({ min: 1, max: 400 }) }),
);
const leader = fc.option(
  fc.record({
    hotkey: fc.constantFrom(...hotkeys),
    decision: fc.nat(99).map((number) => numbered("candidate", number)),
    loss,
  }),
);
const competitions = fc.uniqueArray(
  fc.record({
    id: fc.nat(30).map((number) => numbered("competition", number)),
    points: fc.integer({ min: 1, max: 1_000_000 }),
    leader,
  }),
  { selector: ({ id }) => id, maxLength: 8 },
);

test("whatever the inputs, the vector is whole, and the order of competitions decides nothing of it", async () => {
  await fc.assert(
    fc.asyncProperty(competitions, async (drawn) => {
      const inputs = SnapshotInputs.parse(snapshotInputs({ competitions: drawn }));
      const { vector, body } = await recomputeSnapshot(inputs, 1);
      expect(WeightVector.parse(vector)).toEqual(vector);
      const reversed = { ...inputs, competitions: drawn.toReversed() };
      expect((await recomputeSnapshot(reversed, 1)).body.vectorHash).toBe(body.vectorHash);
    }),
    { numRuns: 60 },
  );
});
