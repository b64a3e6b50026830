import { expect, test } from "vitest";
import { type PreflightInput, preflight } from "./preflight.ts";

const neuron = { uid: 1, stakeRao: 500n, validatorPermit: true, lastUpdate: 90 };
const state: PreflightInput["state"] = {
  block: 100,
  subnetExists: true,
  mechanismCount: 2,
  n: 4,
  commitRevealEnabled: false,
  unrevealedCommits: 0,
  weightsVersionKey: 7n,
  weightsRateLimit: 10,
  minAllowedWeights: 2,
  stakeThreshold: 500n,
  isOwnerHotkey: false,
  neuron,
};
const request: PreflightInput["request"] = {
  netuid: 2,
  mechid: 0,
  row: [
    [2, 65_535],
    [3, 1],
  ],
  versionKey: 7n,
  hotkey: "5Alice",
};

type Change = { state?: Partial<PreflightInput["state"]>; request?: Partial<PreflightInput["request"]> };
const findingsOf = (change: Change) =>
  preflight({ state: { ...state, ...change.state }, request: { ...request, ...change.request } });
const errorsOf = (change: Change) => findingsOf(change).map(({ error }) => error);

test("nothing is found when the chain would take the weights", () => {
  expect(findingsOf({})).toEqual([]);
});

test.each<[string, Change]>([
  ["CommittingWeightsTooFast", { state: { commitRevealEnabled: true, block: 98 } }],
  ["TooManyUnrevealedCommits", { state: { commitRevealEnabled: true, unrevealedCommits: 10 } }],
  ["CanNotSetRootNetworkWeights", { request: { netuid: 0 } }],
  ["MechanismDoesNotExist", { state: { subnetExists: false } }],
  ["MechanismDoesNotExist", { request: { mechid: 2 } }],
  ["HotKeyNotRegisteredInSubNet", { state: { neuron: null } }],
  ["NotEnoughStakeToSetWeights", { state: { stakeThreshold: 501n } }],
  ["IncorrectWeightVersionKey", { request: { versionKey: 6n } }],
  ["SettingWeightsTooFast", { state: { block: 98 } }],
  ["NeuronNoValidatorPermit", { state: { neuron: { ...neuron, validatorPermit: false } } }],
  [
    "DuplicateUids",
    {
      request: {
        row: [
          [2, 1],
          [2, 2],
        ],
      },
    },
  ],
  [
    "UidVecContainInvalidOne",
    {
      request: {
        row: [
          [2, 1],
          [4, 2],
        ],
      },
    },
  ],
  ["WeightVecLengthIsLow", { request: { row: [[2, 1]] } }],
])("%s is found alone", (error, change) => {
  expect(errorsOf(change)).toEqual([error]);
});

test("several findings keep the chain's order", () => {
  const row = [0, 1, 2, 3, 3].map((uid) => [uid + (uid === 0 ? 9 : 0), 1] as const);
  expect(
    errorsOf({
      state: {
        commitRevealEnabled: false,
        block: 91,
        stakeThreshold: 9_999n,
        neuron: { ...neuron, validatorPermit: false },
        minAllowedWeights: 64,
      },
      request: { versionKey: 0n, row, netuid: 0 },
    }),
  ).toEqual([
    "CanNotSetRootNetworkWeights",
    "UidsLengthExceedUidsInSubNet",
    "NotEnoughStakeToSetWeights",
    "IncorrectWeightVersionKey",
    "SettingWeightsTooFast",
    "NeuronNoValidatorPermit",
    "DuplicateUids",
    "UidVecContainInvalidOne",
  ]);
});

test("a subnet that does not exist is the only finding, though it reads as if commit-reveal were on", () => {
  const absent = { subnetExists: false, commitRevealEnabled: true, n: 0, neuron: null };
  expect(errorsOf({ state: absent })).toEqual(["MechanismDoesNotExist"]);
});

test.each([
  [98, 1],
  [97, 2],
  [90, 9],
])("at block %i the rate limit says to wait %i", (block, waitBlocks) => {
  expect(findingsOf({ state: { block } })).toMatchObject([{ retryable: true, waitBlocks }]);
});

test("the next block is the first that reaches the limit, not one later", () => {
  expect(findingsOf({ state: { block: 99 } })).toEqual([]);
});

test("who never set weights is not limited", () => {
  const never = { ...neuron, lastUpdate: 0 };
  expect(errorsOf({ state: { block: 3, neuron: never } })).toEqual([]);
});

test("with commit-reveal on a commit may wait beside nine others, and off they do not count", () => {
  expect(errorsOf({ state: { commitRevealEnabled: true, unrevealedCommits: 9 } })).toEqual([]);
  expect(errorsOf({ state: { unrevealedCommits: 10 } })).toEqual([]);
});

test("the owner needs neither stake nor permit", () => {
  const poor = { ...neuron, stakeRao: 0n, validatorPermit: false };
  expect(errorsOf({ state: { neuron: poor, isOwnerHotkey: true } })).toEqual([]);
});

test("a single weight on oneself needs neither permit nor length, on another it needs both", () => {
  const noPermit = { ...neuron, validatorPermit: false };
  expect(errorsOf({ state: { neuron: noPermit }, request: { row: [[1, 1]] } })).toEqual([]);
  expect(errorsOf({ state: { neuron: noPermit }, request: { row: [[2, 1]] } })).toEqual([
    "NeuronNoValidatorPermit",
    "WeightVecLengthIsLow",
  ]);
});

test("a small subnet asks for no more entries than it has uids", () => {
  const row = [0, 1, 2, 3].map((uid) => [uid, 1] as const);
  expect(errorsOf({ state: { minAllowedWeights: 1_024 }, request: { row } })).toEqual([]);
});

test("version key 0 on the chain takes any", () => {
  expect(errorsOf({ state: { weightsVersionKey: 0n }, request: { versionKey: 0n } })).toEqual([]);
});

test("every finding says its numbers and what to do", () => {
  const [finding] = findingsOf({ state: { stakeThreshold: 501n } });
  expect(finding).toEqual({
    error: "NotEnoughStakeToSetWeights",
    message: "The stake weight is 500 rao, asked for are 501: add stake to the hotkey",
    retryable: false,
    waitBlocks: null,
  });
});
