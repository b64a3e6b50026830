import { expect, test } from "vitest";
import { CoreError } from "../errors.ts";
import { epoch } from "./epoch.ts";
import { subnet } from "./test/epoch-inputs.ts";
import type { EpochInput } from "./types.ts";

function refusal(changes: Partial<EpochInput>): unknown {
  try {
    epoch(subnet(2, changes));
  } catch (error) {
    if (error instanceof CoreError) return { code: error.code, ...error.facts };
    throw error;
  }
  return undefined;
}

test.each(["stake", "blockAtRegistration", "validatorPermit", "weights", "bonds"] as const)(
  "%s of another length than n is refused",
  (name) => {
    expect(refusal({ [name]: [] })).toEqual({
      code: "CORE_LENGTH_MISMATCH",
      name,
      expected: 2,
      actual: 0,
    });
  },
);

test("live commits are needed exactly while commit-reveal is on", () => {
  expect(refusal({ commitReveal: true })).toMatchObject({ name: "liveCommitBlock", actual: 0 });
  expect(refusal({ commitReveal: false })).toBeUndefined();
});

test("last updates of another length are the chain's own affair", () => {
  expect(refusal({ lastUpdate: [] })).toBeUndefined();
});

const outside: [string, Partial<EpochInput>][] = [
  ["kappa", { kappa: 65_536 }],
  ["block", { block: -1 }],
  ["tempo", { tempo: Number.NaN }],
  ["bondsPenalty", { bondsPenalty: 0.5 }],
  ["alphaSigmoidSteepness", { alphaSigmoidSteepness: 40_000 }],
  ["raoEmission", { raoEmission: 1n << 64n }],
  ["stakeThreshold", { stakeThreshold: -1n }],
  ["stake[1]", { stake: [0n, -1n] }],
  ["sum of stake", { stake: [1n << 62n, 1n << 62n] }],
  ["lastUpdate[0]", { lastUpdate: [-5] }],
  ["blockAtRegistration[1]", { blockAtRegistration: [0, 1.5] }],
  ["weights[0] uid", { weights: [[[65_536, 1]], []] }],
  ["bonds[1] of uid 0", { bonds: [[], [[0, 65_536]]] }],
];

test.each(outside)("%s outside of its range is refused", (name, changes) => {
  expect(refusal(changes)).toMatchObject({ code: "CORE_OUT_OF_RANGE", name });
});
