import { latestRound, QUICKNET, sealWeights } from "@assay/timelock";
import { beforeEach, expect, test } from "vitest";
import { beaconOf } from "../drand/beacon.ts";
import type { Context } from "../runtime/context.ts";
import { drand, subtensor } from "../runtime/runtime.ts";
import { blake2Hex } from "../scale/hash.ts";
import { hexToBytes } from "../scale/hex.ts";
import { read, remove, write } from "../state/access.ts";
import {
  committingGenesis,
  contextAt,
  developmentAccount,
  live,
  refusalOf,
  timeOf,
} from "../testing/fixture.ts";
import { commitTimelocked, type TimelockedArgs } from "./commit-timelocked.ts";
import { epochInput } from "./epoch-input.ts";
import { checkGuards } from "./guards.ts";

const { storage } = subtensor;
const NETUID = 1;
const BOB_UID = 1;
const bob = developmentAccount("bob");
/** Epochs run in blocks 40, 80, …, so a commit of block 30 is opened in block 40 at the earliest. */
const COMMIT_BLOCK = 30;
const REVEAL_BLOCK = 40;
const ROUND = latestRound(QUICKNET, timeOf(37));

let context: Context;
beforeEach(() => {
  context = live(contextAt(COMMIT_BLOCK - 1, committingGenesis()), COMMIT_BLOCK);
  context.events.length = 0;
});

function sealed(of: { who?: string; round?: number; uids?: number[] } = {}): Uint8Array {
  const { who = bob, round = ROUND, uids = [4, 5] } = of;
  const weights = { hotkey: hexToBytes(who), uids, values: uids.map((_, i) => i + 1), versionKey: 0n };
  return sealWeights(weights, { beacon: beaconOf(context.state), round }).commit;
}

function commit(at: Context, args: Partial<TimelockedArgs> = {}, who = bob): void {
  commitTimelocked(
    at,
    { kind: "signed", who },
    {
      netuid: NETUID,
      mecid: 0,
      commit: sealed(),
      reveal_round: BigInt(ROUND),
      commit_reveal_version: 4,
      ...args,
    },
  );
}

const queueOf = (at: Context, index = NETUID) => read(at.state, storage.TimelockedWeightCommits, index, 0n);
const rowOf = (at: Context, index = NETUID) => read(at.state, storage.Weights, index, BOB_UID);

test("a commit is filed under its epoch and dates the update", () => {
  const bytes = sealed();
  commit(context, { commit: bytes });
  expect(queueOf(context)).toEqual([[bob, BigInt(COMMIT_BLOCK), bytes, BigInt(ROUND)]]);
  expect(read(context.state, storage.LastUpdate, NETUID)[BOB_UID]).toBe(BigInt(COMMIT_BLOCK));
  expect(context.events.at(-1)).toEqual({
    pallet: "SubtensorModule",
    name: "TimelockedWeightsCommitted",
    value: [bob, NETUID, blake2Hex(bytes), BigInt(ROUND)],
  });
});

test("commits are refused in the chain's order", () => {
  const { state } = context;
  const stranger = `0x${"ab".repeat(32)}`;
  const refused = (args: Partial<TimelockedArgs>, who: string) => refusalOf(() => commit(context, args, who));
  write(state, storage.CommitRevealWeightsEnabled, [NETUID, false]);
  expect(refused({ mecid: 2, commit_reveal_version: 3 }, stranger)).toBe("MechanismDoesNotExist");
  expect(refused({ commit_reveal_version: 3 }, stranger)).toBe("CommitRevealDisabled");
  write(state, storage.CommitRevealWeightsEnabled, [NETUID, true]);
  expect(refused({ commit_reveal_version: 3 }, stranger)).toBe("IncorrectCommitRevealVersion");
  expect(refused({}, stranger)).toBe("HotKeyNotRegisteredInSubNet");
  const entry = [bob, 1n, new Uint8Array(), 1n] as const;
  write(state, storage.TimelockedWeightCommits, [NETUID, 0n, Array.from({ length: 10 }, () => entry)]);
  write(state, storage.LastUpdate, [NETUID, [0n, 25n]]);
  expect(refused({}, bob)).toBe("CommittingWeightsTooFast");
  write(state, storage.LastUpdate, [NETUID, []]);
  expect(refused({}, bob)).toBe("TooManyUnrevealedCommits");
});

test("a round that is out already is refused before the block", () => {
  const last = read(context.state, drand.storage.LastStoredRound);
  const guard = (reveal_round: bigint) => {
    const value = { netuid: NETUID, commit: sealed(), reveal_round, commit_reveal_version: 4 };
    const call = { pallet: "SubtensorModule", name: "commit_timelocked_weights", value };
    return refusalOf(() => checkGuards(context.state, { who: bob, call, block: COMMIT_BLOCK }));
  };
  expect(guard(last - 1n)).toBe("InvalidRevealRound");
  expect(guard(last)).toBe("accepted");
});

test("the chain opens the commit before the epoch of the next and says so", () => {
  commit(context);
  const before = live(context, REVEAL_BLOCK - 1);
  expect(rowOf(before)).toEqual([]);
  const after = live(before, REVEAL_BLOCK);
  expect(rowOf(after)).toEqual([
    [4, 32_768],
    [5, 65_535],
  ]);
  expect(queueOf(after)).toEqual([]);
  expect(after.events.map(({ name }) => name).slice(0, 3)).toEqual([
    "WeightsSet",
    "TimelockedWeightsRevealed",
    "IncentiveAlphaEmittedToMiners",
  ]);
  expect(read(after.state, storage.LastUpdate, NETUID)[BOB_UID]).toBe(BigInt(COMMIT_BLOCK));
});

test("each mechanism opens its own", () => {
  commit(context, { mecid: 1 });
  const after = live(context, REVEAL_BLOCK);
  expect(rowOf(after)).toEqual([]);
  expect(rowOf(after, 4_096 + NETUID)).toHaveLength(2);
});

test.each([
  ["another's hotkey in it", () => sealed({ who: developmentAccount("charlie") })],
  ["another round than it says", () => sealed({ round: ROUND + 1 })],
  ["a byte changed", () => sealed().map((byte, i) => (i === 200 ? byte ^ 1 : byte))],
  ["bytes that are no ciphertext", () => new Uint8Array([1, 2, 3])],
  ["a row the chain refuses", () => sealed({ uids: [4, 4] })],
])("a commit with %s is gone without a trace", (_, make) => {
  commit(context, { commit: make() });
  const after = live(context, REVEAL_BLOCK);
  expect(rowOf(after)).toEqual([]);
  expect(queueOf(after)).toEqual([]);
  expect(after.events.some(({ name }) => name.startsWith("Timelocked"))).toBe(false);
});

test("without its pulse a commit waits its whole epoch, and is dropped after it", () => {
  commit(context);
  const before = live(context, REVEAL_BLOCK - 1);
  const pulse = read(before.state, drand.storage.Pulses, BigInt(ROUND));
  if (pulse === undefined) throw new Error("the round is out");
  remove(before.state, drand.storage.Pulses, BigInt(ROUND));
  const waiting = live(before, REVEAL_BLOCK + 5);
  expect(queueOf(waiting)).toHaveLength(1);
  write(waiting.state, drand.storage.Pulses, [BigInt(ROUND), pulse]);
  const opened = live(waiting, REVEAL_BLOCK + 6);
  expect(rowOf(opened)).toHaveLength(2);
});

test("a commit that nobody could open is deleted with its epoch", () => {
  commit(context, { reveal_round: 10n ** 12n });
  expect(queueOf(live(context, REVEAL_BLOCK + 39))).toHaveLength(1);
  expect(queueOf(live(context, REVEAL_BLOCK + 40))).toEqual([]);
});

test("a forged pulse opens nothing", () => {
  commit(context);
  const before = live(context, REVEAL_BLOCK - 1);
  const pulse = read(before.state, drand.storage.Pulses, read(before.state, drand.storage.LastStoredRound));
  if (pulse === undefined) throw new Error("the newest round is out");
  write(before.state, drand.storage.Pulses, [BigInt(ROUND), pulse]);
  expect(rowOf(live(before, REVEAL_BLOCK))).toEqual([]);
});

test("the epoch masks by a timelocked commit that is still sealed", () => {
  commit(context, { reveal_round: 10n ** 12n });
  const at = { netuid: NETUID, index: NETUID, block: COMMIT_BLOCK, raoEmission: 0n };
  expect(epochInput(context.state, at).liveCommitBlock[BOB_UID]).toBe(COMMIT_BLOCK);
});
