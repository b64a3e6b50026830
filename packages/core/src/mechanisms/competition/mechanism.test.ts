import { expect, test } from "vitest";
import { PPB } from "../../schema/primitives.ts";
import { competitionVector } from "./leader-vector.ts";
import { competitionMechanism } from "./mechanism.ts";

const competitions = [
  { id: "a", points: 3, leader: "alice" },
  { id: "b", points: 1, leader: null },
];

test.each(["burn", "redistribute"] as const)("with %s it says what the vector of its leaders is", (unled) => {
  const parameters = competitionMechanism.parameters.parse({ unled });
  expect(competitionMechanism.decide({ parameters, inputs: competitions, block: 1 })).toEqual({
    kind: "vector",
    vector: competitionVector({ competitions, unled }),
  });
});

test("that nobody leads is known, and burns", () => {
  const { presets } = competitionMechanism;
  const outcome = competitionMechanism.decide({ parameters: presets.assay, inputs: [], block: 1 });
  expect(outcome).toEqual({ kind: "vector", vector: { policy: "burn", entries: [], burn: PPB } });
});

test("the presets are what the rules document makes of their name", () => {
  expect(competitionMechanism.presets).toEqual({
    assay: { preset: "assay", unled: "redistribute" },
    source: { preset: "source", unled: "redistribute" },
  });
});
