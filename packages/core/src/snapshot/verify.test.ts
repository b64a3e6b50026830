import { expect, test } from "vitest";
import { canonicalJson } from "../canonical/canonical-json.ts";
import { PPB } from "../schema/primitives.ts";
import type { SnapshotBody } from "../schema/snapshot.ts";
import type { SnapshotInputs } from "../schema/snapshot-inputs.ts";
import { asyncRefusalOf } from "../test/refusal.ts";
import { recomputeSnapshot } from "./recompute.ts";
import { competitionInput, snapshotInputs } from "./test/inputs.ts";
import { verifySnapshot } from "./verify.ts";

const inputs = snapshotInputs();
const text = canonicalJson(inputs);
const bodyOf = async (from: SnapshotInputs = inputs) => (await recomputeSnapshot(from, 4)).body;

test("a snapshot that follows from its inputs is the one they give", async () => {
  const body = await bodyOf();
  expect((await verifySnapshot(body, text)).body).toEqual(body);
});

test("a vector that the inputs do not give is found, also when its hash was made to fit", async () => {
  const body = await bodyOf();
  const [agents] = body.instances;
  const vector = { policy: "burn" as const, entries: [], burn: PPB };
  const forged: SnapshotBody = { ...body, instances: [{ ...agents!, vector }] };
  await expect(verifySnapshot(forged, text)).rejects.toMatchObject({
    code: "CORE_SNAPSHOT_INPUTS",
    facts: { field: "instances" },
  });
});

test("how far the audit log had come does not follow from the inputs, and is not held against them", async () => {
  const body = await bodyOf();
  const stated = { ...body, auditHead: { sequence: 3, hash: "ab".repeat(32) } };
  expect((await verifySnapshot(stated, text)).body).toEqual(body);
});

test("inputs of another hash are refused before anything is computed", async () => {
  const other = canonicalJson(snapshotInputs({ competitions: [competitionInput({ points: 4 })] }));
  await expect(verifySnapshot(await bodyOf(), other)).rejects.toMatchObject({
    facts: { field: "instances.agents.inputsHash" },
  });
});

test.each(["block", "validUntil", "forEpoch"] as const)("a changed %s is found", async (field) => {
  const body = await bodyOf();
  const changed = verifySnapshot({ ...body, [field]: body[field] + 1 }, text);
  await expect(changed).rejects.toMatchObject({ facts: { field } });
});

test.each([
  ["no JSON", "{", "CORE_INVALID_DOCUMENT"],
  ["no inputs", "{}", "CORE_INVALID_DOCUMENT"],
  ["another spelling", text.replace(":", ": "), "CORE_NOT_CANONICAL"],
])("%s is refused", async (_name, other, code) => {
  const body = await bodyOf();
  const unsigned = { ...body, instances: [] };
  expect(await asyncRefusalOf(verifySnapshot(unsigned, other))).toBe(code);
});
