import { expect, test } from "vitest";
import { unknownOutcome, vectorOutcome } from "../mechanisms/mechanism.ts";
import { PPB } from "../schema/primitives.ts";
import type { WeightVector } from "../schema/snapshot.ts";
import { refusalOf } from "../test/refusal.ts";
import { subnetOutcome } from "./subnet-outcome.ts";

const paying = (hotkey: string): WeightVector => ({
  policy: "leaders",
  entries: [{ hotkey, share: PPB }],
  burn: 0,
});
const burning: WeightVector = { policy: "burn", entries: [], burn: PPB };
const half = PPB / 2;
const rules = {
  burn: 0,
  instances: [
    { id: "agents", share: half },
    { id: "media", share: half },
    { id: "later", share: 0 },
  ],
};
const agents = { id: "agents", outcome: vectorOutcome(paying("alice")), lastValid: null };

test("known instances are mixed by their shares", () => {
  const media = { id: "media", outcome: vectorOutcome(paying("bob")), lastValid: paying("old") };
  expect(subnetOutcome(rules, [media, agents])).toEqual({
    kind: "vector",
    vector: {
      policy: "leaders",
      entries: [
        { hotkey: "alice", share: half },
        { hotkey: "bob", share: half },
      ],
      burn: 0,
    },
    instances: [
      { id: "media", vector: paying("bob") },
      { id: "agents", vector: paying("alice") },
    ],
    stale: [],
  });
});

test("an unknown instance contributes its last valid vector, and is named", () => {
  const media = { id: "media", outcome: unknownOutcome("The backend is down."), lastValid: paying("carol") };
  expect(subnetOutcome(rules, [agents, media])).toMatchObject({
    vector: { entries: [{ hotkey: "alice" }, { hotkey: "carol" }], burn: 0 },
    stale: ["media"],
  });
});

test("an unknown instance that never had a vector holds the subnet, and says why", () => {
  const media = { id: "media", outcome: unknownOutcome("Warming up: 3 of 50 rounds."), lastValid: null };
  expect(subnetOutcome(rules, [agents, media])).toEqual({
    kind: "hold",
    unknown: ["media"],
    reason: "Nothing to send, and no earlier vector to keep. media: Warming up: 3 of 50 rounds.",
  });
});

test("burning is known: it neither holds nor counts as stale", () => {
  const media = { id: "media", outcome: vectorOutcome(burning), lastValid: paying("carol") };
  expect(subnetOutcome(rules, [agents, media])).toMatchObject({ vector: { burn: half }, stale: [] });
});

test("an instance without share holds nobody up", () => {
  const media = { id: "media", outcome: vectorOutcome(burning), lastValid: null };
  const later = { id: "later", outcome: unknownOutcome("Not yet."), lastValid: null };
  expect(subnetOutcome(rules, [agents, media, later])).toMatchObject({ kind: "vector", stale: [] });
});

test("a missing, unknown or repeated report is refused", () => {
  const strange = { ...agents, id: "strange" };
  const media = { ...agents, id: "media" };
  for (const reports of [[agents], [agents, media, strange], [agents, agents, media]])
    expect(refusalOf(() => subnetOutcome(rules, reports))).toBe("CORE_INSTANCE_MISMATCH");
});
