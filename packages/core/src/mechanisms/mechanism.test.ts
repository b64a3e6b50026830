import { expect, test } from "vitest";
import { z } from "zod";
import { PPB, Ppb } from "../schema/primitives.ts";
import { subnetOutcome } from "../weights/subnet-outcome.ts";
import { vectorOf } from "../weights/vector-of.ts";
import { competitionMechanism } from "./competition/mechanism.ts";
import { type Mechanism, unknownOutcome, vectorOutcome } from "./mechanism.ts";

const UptimeParameters = z.object({ minAnswered: Ppb });
type UptimeParameters = z.infer<typeof UptimeParameters>;
type Uptime = { readonly hotkey: string; readonly asked: number; readonly answered: number };

/** A subnet's own mechanism: answered requests, if the miner answers often enough. */
const uptimeMechanism: Mechanism<UptimeParameters, readonly Uptime[] | null> = {
  name: "uptime",
  parameters: UptimeParameters,
  presets: { source: { minAnswered: 0 }, assay: { minAnswered: 900_000_000 } },
  decidedBy: "backend",
  decide({ parameters, inputs }) {
    if (inputs === null) return unknownOutcome("The probes could not be read.");
    const reliable = inputs.filter(({ asked, answered }) => answered * PPB >= asked * parameters.minAnswered);
    const amounts = reliable.map(({ hotkey, answered }) => [hotkey, BigInt(answered)] as const);
    return vectorOutcome(vectorOf({ policy: "scores", amounts, burn: 0n }));
  },
};

const probes = [
  { hotkey: "alice", asked: 10, answered: 10 },
  { hotkey: "bob", asked: 10, answered: 5 },
  { hotkey: "carol", asked: 30, answered: 30 },
];
const ask = (inputs: readonly Uptime[] | null, preset: "assay" | "source" = "assay") =>
  uptimeMechanism.decide({ parameters: uptimeMechanism.presets[preset], inputs, block: 100 });

test("a mechanism of one's own answers with a vector, a burn or unknown", () => {
  const entries = [
    { hotkey: "alice", share: 250_000_000 },
    { hotkey: "carol", share: 750_000_000 },
  ];
  expect(ask(probes)).toEqual({ kind: "vector", vector: { policy: "scores", entries, burn: 0 } });
  expect(ask([])).toEqual({ kind: "vector", vector: { policy: "burn", entries: [], burn: PPB } });
  expect(ask(null)).toEqual({ kind: "unknown", reason: "The probes could not be read." });
});

test("its presets differ, its parameters are read like any other", () => {
  expect(ask(probes, "source")).toMatchObject({ vector: { entries: [{}, { hotkey: "bob" }, {}] } });
  expect(uptimeMechanism.parameters.safeParse({ minAnswered: 0.9 }).success).toBe(false);
});

test("it mixes with a shipped one, and keeps its last vector while it is unknown", () => {
  const half = PPB / 2;
  const leaders = competitionMechanism.decide({
    parameters: competitionMechanism.presets.assay,
    inputs: [{ id: "a", points: 1, leader: "dave" }],
    block: 100,
  });
  const before = ask(probes);
  const outcome = subnetOutcome(
    { burn: 0, instances: ["agents", "uptime"].map((id) => ({ id, share: half })) },
    [
      { id: "agents", outcome: leaders, lastValid: null },
      { id: "uptime", outcome: ask(null), lastValid: before.kind === "vector" ? before.vector : null },
    ],
  );
  expect(outcome).toMatchObject({
    kind: "vector",
    stale: ["uptime"],
    vector: {
      entries: [
        { hotkey: "dave", share: half },
        { hotkey: "alice", share: half / 4 },
        { hotkey: "carol", share: (half * 3) / 4 },
      ],
      burn: 0,
    },
  });
});
