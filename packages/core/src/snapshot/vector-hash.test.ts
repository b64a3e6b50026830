import { expect, test } from "vitest";
import { canonicalJson } from "../canonical/canonical-json.ts";
import { sha256Hex } from "../canonical/sha256.ts";
import { rulesOf, snapshotInput } from "./test/snapshots.ts";
import { vectorHash } from "./vector-hash.ts";

const { instances } = snapshotInput();

test("anybody can recompute it from rules and vectors", async () => {
  const decided = instances.map(({ id, vector }) => ({ id, vector }));
  const expected = await sha256Hex(canonicalJson({ rules: rulesOf(), instances: decided }));
  expect(await vectorHash(rulesOf(), instances)).toBe(expected);
});

test("inputs and decisions do not change it, rules and vectors do", async () => {
  const hash = await vectorHash(rulesOf(), instances);
  const otherInputs = instances.map((instance) => ({ ...instance, inputsHash: "ef".repeat(32) }));
  const otherVector = instances.map(({ id }) => ({
    id,
    vector: { policy: "burn" as const, entries: [], burn: 1_000_000_000 },
  }));
  expect(await vectorHash(rulesOf(), otherInputs)).toBe(hash);
  expect(await vectorHash(rulesOf({ burn: 1 }), instances)).not.toBe(hash);
  expect(await vectorHash(rulesOf(), otherVector)).not.toBe(hash);
});
