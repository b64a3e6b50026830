import { createBeacon, QUICKNET } from "@assay/timelock";
import { expect, test } from "vitest";
import type { EpochState } from "../subnet.ts";
import { type CommitRevealState, planWeights } from "./plan.ts";

const MAINNET = "0x2f0555cc76fc2840a25a6ea3b9637146806f1f44b090c175ffde2a7e5ab36c03";
const DEVELOPMENT = `0x${"11".repeat(32)}`;
const OWN = createBeacon(new Uint8Array(32).fill(7), {
  id: "own",
  genesisTime: 1_000,
  periodSeconds: 3,
}).beacon;
const TIME_MS = Date.parse("2026-01-01T00:00:00.000Z");

const epoch: EpochState = {
  at: { block: 1_100, hash: "0x00" },
  tempo: 360,
  epochIndex: 9,
  lastEpochBlock: 1_000,
  pendingEpochAt: 0,
  blocksSinceLastStep: 100,
  nextEpochStart: 1_360,
};
const state: CommitRevealState = {
  genesisHash: MAINNET,
  specVersion: 475,
  head: { block: 1_100, timeMs: TIME_MS },
  finalisedBlock: 1_097,
  blockMs: 12_000,
  version: 4,
  revealPeriodEpochs: 1,
  epoch,
  beacon: QUICKNET,
  lastStoredRound: 1,
  isHashWanted: false,
};

const planOf = (changes: Partial<CommitRevealState> = {}) =>
  planWeights({ consensus: "Yuma", commitReveal: { ...state, ...changes } });

test("in the open weights are set directly", () => {
  expect(planWeights({ consensus: "Yuma", commitReveal: null })).toEqual({ kind: "direct", eraBlocks: 16 });
});

test("a timelocked commit is sealed until three blocks after the block that looks for it", () => {
  // Filed under 9, revealed by the first block that looks from epoch 10: the slot at 1,360.
  const seconds = TIME_MS / 1_000 + (1_360 + 3 - 1_100) * 12 - QUICKNET.genesisTime;
  expect(planOf()).toEqual({
    kind: "timelock",
    eraBlocks: 16,
    commitEpoch: 9,
    revealEpoch: 10,
    revealBlock: 1_360,
    revealRound: Math.floor(seconds / 3),
    beacon: QUICKNET,
  });
});

test("each epoch of the reveal period waits one tempo longer", () => {
  expect(planOf({ revealPeriodEpochs: 3 })).toMatchObject({ revealEpoch: 12, revealBlock: 1_360 + 2 * 360 });
});

test("a commit in the block of a slot belongs to the epoch that begins there", () => {
  const head = { block: 1_359, timeMs: TIME_MS };
  expect(planOf({ head, finalisedBlock: 1_357 })).toMatchObject({
    kind: "timelock",
    commitEpoch: 10,
    revealBlock: 1_720,
  });
});

test("blocks since the last step make an epoch due by the rule of their version", () => {
  const overdue = { ...epoch, blocksSinceLastStep: 361 };
  expect(planOf({ epoch: overdue, specVersion: 475 })).toMatchObject({ commitEpoch: 10 });
  expect(planOf({ epoch: overdue, specVersion: 425 })).toMatchObject({ commitEpoch: 9 });
});

test.each<[string, Partial<CommitRevealState>]>([
  ["NoEpochs", { epoch: { ...epoch, tempo: 0, nextEpochStart: null } }],
  ["IncorrectCommitRevealVersion", { version: 5 }],
  ["TooLateInEpoch", { head: { block: 1_358, timeMs: TIME_MS }, finalisedBlock: 1_357 }],
  ["InvalidRevealRound", { lastStoredRound: 2 ** 40 }],
  ["TIMELOCK_BEACON_DIFFERS", { beacon: OWN }],
  ["TIMELOCK_BEACON_UNKNOWN", { genesisHash: DEVELOPMENT, beacon: undefined }],
])("%s is no way, and is explained", (error, changes) => {
  const plan = planOf(changes);
  expect(plan).toMatchObject({ kind: "refused", error, message: expect.stringMatching(/.{30}/) });
});

test("too late in an epoch names the blocks to wait", () => {
  const late = { head: { block: 1_358, timeMs: TIME_MS }, finalisedBlock: 1_357 };
  expect(planOf(late)).toMatchObject({ retryable: true, waitBlocks: 2 });
});

test("a known network's beacon is pinned, a development chain names its own", () => {
  expect(planOf({ beacon: undefined })).toMatchObject({ kind: "timelock", beacon: QUICKNET });
  expect(planOf({ genesisHash: DEVELOPMENT, beacon: OWN })).toMatchObject({ kind: "timelock", beacon: OWN });
});

test("a commit by hash only if asked for, and without beacon or version", () => {
  const plan = planOf({ isHashWanted: true, beacon: OWN, version: 5 });
  expect(plan).toEqual({ kind: "hash", eraBlocks: 16, commitEpoch: 9, revealEpoch: 10 });
});

test.each([
  ["Null", "NullConsensus"],
  ["Other", "UnknownConsensus"],
])("a subnet whose epochs run %s takes no weights from here, open or not", (consensus, error) => {
  for (const commitReveal of [null, state])
    expect(planWeights({ consensus, commitReveal })).toMatchObject({
      kind: "refused",
      error,
      retryable: false,
    });
});
