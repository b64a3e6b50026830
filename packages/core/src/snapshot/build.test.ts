import { expect, test } from "vitest";
import { RulesDocument } from "../schema/rules-document.ts";
import { SnapshotBody } from "../schema/snapshot.ts";
import { asyncRefusalOf } from "../test/refusal.ts";
import { buildSnapshotBody } from "./build.ts";
import { rulesOf, snapshotInput } from "./test/snapshots.ts";
import { vectorHash } from "./vector-hash.ts";

test("subnet, expiry and hash follow from rules, block and tempo", async () => {
  const input = snapshotInput();
  const body = await buildSnapshotBody(input);
  expect(SnapshotBody.parse(body)).toEqual(body);
  expect(body).toMatchObject({
    scheme: "assay-snapshot-v1",
    netuid: 7,
    mechid: 0,
    version: 3,
    validUntil: 8_200,
    vectorHash: await vectorHash(input.rules, input.instances),
  });
  expect(Object.keys(body)).not.toContain("tempo");
});

test("what the schema strips does not enter the hash", async () => {
  const input = snapshotInput();
  const noisy = { ...input, rules: { ...input.rules, comment: "ours" } };
  expect(await buildSnapshotBody(noisy)).toEqual(await buildSnapshotBody(input));
});

test("rules are in force from their first block on", async () => {
  expect((await buildSnapshotBody(snapshotInput({ block: 100 }))).block).toBe(100);
});

test("rules that are not yet in force are refused", async () => {
  const early = snapshotInput({ block: 99 });
  expect(await asyncRefusalOf(buildSnapshotBody(early))).toBe("CORE_INVALID_DOCUMENT");
  await expect(buildSnapshotBody(early)).rejects.toThrow("the rules are not yet in force");
});

test("the instances every validator decides for itself are none of a snapshot's", async () => {
  const own = { id: "media", mechanism: "challenge" as const, share: 1_000_000_000 };
  const rules = RulesDocument.parse({ ...rulesOf(), instances: [own] });
  const body = await buildSnapshotBody(snapshotInput({ rules, instances: [] }));
  expect(body.instances).toEqual([]);
  const [agents] = snapshotInput().instances;
  const signed = snapshotInput({ rules, instances: [{ ...agents!, id: "media" }] });
  expect(await asyncRefusalOf(buildSnapshotBody(signed))).toBe("CORE_INSTANCE_MISMATCH");
});

test("instances that are not those of the rules are refused", async () => {
  expect(await asyncRefusalOf(buildSnapshotBody(snapshotInput({ instances: [] })))).toBe(
    "CORE_INSTANCE_MISMATCH",
  );
  const [agents] = snapshotInput().instances;
  const other = { ...agents!, id: "other" };
  const wrong = snapshotInput({ instances: [other] });
  expect(await asyncRefusalOf(buildSnapshotBody(wrong))).toBe("CORE_INSTANCE_MISMATCH");
});

test.each([
  ["version 0", { version: 0 }],
  ["half a block", { block: 1000.5 }],
  ["a tempo that is no number", { tempo: Number.NaN }],
])("%s is refused as an invalid document", async (_name, changes) => {
  expect(await asyncRefusalOf(buildSnapshotBody(snapshotInput(changes)))).toBe("CORE_INVALID_DOCUMENT");
});

test("rules whose shares do not sum to one never become a snapshot", async () => {
  const [agents] = rulesOf().instances;
  const rules = { ...rulesOf(), instances: [{ ...agents!, share: 999_999_999 }] };
  expect(await asyncRefusalOf(buildSnapshotBody(snapshotInput({ rules })))).toBe("CORE_INVALID_DOCUMENT");
});
