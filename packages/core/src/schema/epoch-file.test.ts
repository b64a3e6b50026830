import { expect, test } from "vitest";
import { epoch } from "../consensus/epoch.ts";
import { caseSteps, read } from "../consensus/test/chain-vectors.ts";
import { CoreError } from "../errors.ts";
import { parseEpochFile } from "./epoch-file.ts";
import { epochOutputToJson } from "./epoch-output.ts";

const input = {
  n: 2,
  block: 1_000,
  tempo: 100,
  activity_cutoff_blocks: 500,
  last_epoch_run_block: 900,
  stake_threshold: 0,
  max_allowed_validators: 2,
  kappa: 32_767,
  bonds_penalty: 65_535,
  bonds_moving_average: 900_000,
  liquid_alpha: false,
  alpha_low: 45_875,
  alpha_high: 58_982,
  alpha_sigmoid_steepness: 1_000,
  yuma3: true,
  owner_uid: null,
  rao_emission: "18446744073709551615",
  stake: ["9007199254740993", 0],
  last_update: [950, 950],
  block_at_registration: [1, 1],
  validator_permit: [true, false],
  weights: [[[1, 65_535]], []],
  bonds: [[], []],
};

function refusal(document: unknown): unknown {
  try {
    parseEpochFile(document);
  } catch (error) {
    if (error instanceof CoreError) return { code: error.code, ...error.facts };
    throw error;
  }
  return undefined;
}

test("one input and a list of inputs are read alike, other keys ignored", () => {
  const [one] = parseEpochFile({ id: "x", input, expected: { anything: 1 } });
  expect(parseEpochFile([{ input }, { input, note: "y" }])).toEqual([one, one]);
  expect(one?.stake).toEqual([9_007_199_254_740_993n, 0n]);
  expect(one?.raoEmission).toBe((1n << 64n) - 1n);
});

test("commit-reveal may be left out, and then nobody has a live commit", () => {
  const [one] = parseEpochFile({ input });
  expect([one?.commitReveal, one?.liveCommitBlock]).toEqual([false, [null, null]]);
  const [other] = parseEpochFile({ input: { ...input, commit_reveal: true, live_commit_block: [5, null] } });
  expect([other?.commitReveal, other?.liveCommitBlock]).toEqual([true, [5, null]]);
});

test("last updates may be of any length", () => {
  expect(refusal({ input: { ...input, last_update: [1, 2, 3] } })).toBeUndefined();
});

test("the vector files are read as they are", () => {
  expect(parseEpochFile(read("yuma.json"))).toHaveLength(caseSteps.length);
  expect(parseEpochFile(read("yuma-fuzz.json"))).toHaveLength(100);
});

test("an empty list holds no inputs", () => {
  expect(parseEpochFile([])).toEqual([]);
});

const whole = "expected a whole number, as a decimal string from 2^53 on";
const wrong: [string, unknown, string][] = [
  ["input.kappa", { kappa: 65_536 }, "Too big: expected int to be <=65535"],
  ["input.block", { block: -1 }, "Too small: expected int to be >=0"],
  ["input.tempo", { tempo: 1.5 }, "Invalid input: expected int, received number"],
  ["input.yuma3", { yuma3: 1 }, "Invalid input: expected boolean, received number"],
  ["input.owner_uid", { owner_uid: undefined }, "Invalid input: expected number, received undefined"],
  ["input.rao_emission", { rao_emission: 2 ** 53 }, whole],
  ["input.rao_emission", { rao_emission: "18446744073709551616" }, "expected at most 2^64 - 1"],
  ["input.stake.1", { stake: [1, -1] }, whole],
  ["input.stake.0", { stake: ["0x10", 1] }, whole],
  ["input.stake", { stake: [1] }, "expected n = 2 entries, not 1"],
  ["input.stake", { stake: ["9223372036854775807", 1] }, "expected a sum of at most 2^63 - 1"],
  ["input.weights", { weights: [[], [], []] }, "expected n = 2 entries, not 3"],
  ["input.weights.0.0.0", { weights: [[[65_536, 1]], []] }, "Too big: expected number to be <=65535"],
  ["input.bonds.1.0.1", { bonds: [[], [[0, -1]]] }, "Too small: expected number to be >=0"],
  ["input.live_commit_block", { live_commit_block: [1] }, "expected n = 2 entries, not 1"],
  ["input", { kapa: 3 }, 'Unrecognized key: "kapa"'],
];

test.each(wrong)("%s is refused with its path: %j", (path, changes, reason) => {
  const refused = refusal({ input: { ...input, ...(changes as object) } });
  expect(refused).toEqual({ code: "CORE_INVALID_DOCUMENT", path, reason: expect.any(String) });
  expect((refused as { reason: string }).reason).toContain(reason.split(":")[0]);
});

test("the path names the place in a list and in a vector file", () => {
  const bad = { input: { ...input, n: "2" } };
  expect(refusal([{ input }, bad])).toMatchObject({ path: "1.input.n" });
  expect(refusal({ cases: [bad] })).toMatchObject({ path: "cases.0.input.n" });
  expect(refusal({ epoch_cases: [{ steps: [{ input }, bad] }] })).toMatchObject({
    path: "epoch_cases.0.steps.1.input.n",
  });
});

test.each([null, 7, "text", {}, { inputs: [] }])("%j is no epoch file", (document) => {
  expect(refusal(document)).toMatchObject({ code: "CORE_INVALID_DOCUMENT" });
});

test("the refusal reads like a sentence", () => {
  expect(() => parseEpochFile({ input: { ...input, stake: [] } })).toThrow(
    "the epoch file is not valid at input.stake: expected n = 2 entries, not 0",
  );
});

test("amounts from 2^53 on are written as strings, and log errors only if there are any", () => {
  const [one] = parseEpochFile({ input });
  if (one === undefined) throw new Error("one input was given");
  const json = epochOutputToJson(epoch(one));
  expect(json.server_emission).toEqual([0, "9223372036854775807"]);
  expect(json).not.toHaveProperty("log_errors");
  const mismatched = epochOutputToJson(epoch({ ...one, lastUpdate: [950] }));
  expect(mismatched.log_errors).toHaveLength(1);
});
