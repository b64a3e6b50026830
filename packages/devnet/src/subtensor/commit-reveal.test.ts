import { beforeEach, expect, test } from "vitest";
import { type Context, transactional } from "../runtime/context.ts";
import { subtensor } from "../runtime/runtime.ts";
import { read, write } from "../state/access.ts";
import { advance, committingGenesis, contextAt, developmentAccount, refusalOf } from "../testing/fixture.ts";
import { commitHash } from "./commit-queue.ts";
import { commitWeights } from "./commit-weights.ts";
import { epochInput } from "./epoch-input.ts";
import { batchRevealWeights, revealWeights } from "./reveal-weights.ts";

const { storage } = subtensor;
const NETUID = 1;
const BOB_UID = 1;
const bob = developmentAccount("bob");
const origin = { kind: "signed", who: bob } as const;
const shown = { uids: [4, 5], values: [1, 2], salt: [1, 2, 3, 4, 5, 6, 7, 8], version_key: 0n };
const hash = commitHash({ ...shown, who: bob, index: NETUID });
const target = { netuid: NETUID, mecid: 0 };

/** Epochs run in blocks 40, 80, …. */
let context: Context;
beforeEach(() => {
  context = contextAt(20, committingGenesis());
});

const commit = (at: Context, commit_hash = hash, mecid = 0) =>
  commitWeights(at, origin, { netuid: NETUID, mecid, commit_hash });
const reveal = (at: Context, args: Partial<typeof shown> = {}) =>
  transactional(at, (inner) => revealWeights(inner, origin, { ...target, ...shown, ...args }));
const queueOf = (at: Context) => read(at.state, storage.WeightCommits, NETUID, bob);

test("the hash is BLAKE2b of account, storage index, uids, values, salt and version key", () => {
  const who = `0x01${"00".repeat(31)}`;
  const preimage = { who, index: 1, uids: [1, 1], values: [1, 1], salt: shown.salt, version_key: 0n };
  expect(commitHash(preimage)).toBe("0xc152166c749be077a18689878860271f74a068c460eefdf319710cf05de1f83e");
});

test("a commit is filed with epoch and block, dates the update and says so", () => {
  commit(context);
  expect(queueOf(context)).toEqual([[hash, 0n, 20n, 0n]]);
  expect(read(context.state, storage.LastUpdate, NETUID)[BOB_UID]).toBe(20n);
  expect(context.events).toEqual([
    { pallet: "SubtensorModule", name: "WeightsCommitted", value: [bob, NETUID, hash] },
  ]);
  expect(read(context.state, storage.Weights, NETUID, BOB_UID)).toEqual([]);
});

test("commits are refused in the chain's order", () => {
  const { state } = context;
  const stranger = `0x${"ab".repeat(32)}`;
  const commitAs = (who: string, mecid = 0) =>
    refusalOf(() =>
      commitWeights(context, { kind: "signed", who }, { netuid: NETUID, mecid, commit_hash: hash }),
    );
  write(state, storage.CommitRevealWeightsEnabled, [NETUID, false]);
  expect(commitAs(stranger, 2)).toBe("MechanismDoesNotExist");
  expect(commitAs(stranger)).toBe("CommitRevealDisabled");
  write(state, storage.CommitRevealWeightsEnabled, [NETUID, true]);
  expect(commitAs(stranger)).toBe("HotKeyNotRegisteredInSubNet");
  write(state, storage.LastUpdate, [NETUID, [0n, 15n]]);
  expect(commitAs(bob)).toBe("CommittingWeightsTooFast");
  write(state, storage.LastUpdate, [NETUID, [0n, 0n]]);
  write(state, storage.WeightCommits, [NETUID, bob, Array.from({ length: 10 }, () => [hash, 0n, 1n, 0n])]);
  expect(commitAs(bob)).toBe("TooManyUnrevealedCommits");
  expect(commitAs(bob, 1)).toBe("accepted");
});

test("expired commits make room for new ones", () => {
  const old = Array.from({ length: 10 }, () => [hash, 0n, 1n, 0n] as const);
  write(context.state, storage.WeightCommits, [NETUID, bob, old]);
  write(context.state, storage.SubnetEpochIndex, [NETUID, 2n]);
  commit(context);
  expect(queueOf(context)).toEqual([[hash, 2n, 20n, 0n]]);
});

test("a reveal one epoch later sets the weights; the commit's date stays", () => {
  commit(context);
  expect(refusalOf(() => reveal(context))).toBe("RevealTooEarly");
  const later = advance(context, 50);
  expect(refusalOf(() => reveal(later, { values: [2, 1] }))).toBe("InvalidRevealCommitHashNotMatch");
  reveal(later);
  expect(read(later.state, storage.Weights, NETUID, BOB_UID)).toEqual([
    [4, 32_768],
    [5, 65_535],
  ]);
  expect(read(later.state, storage.LastUpdate, NETUID)[BOB_UID]).toBe(20n);
  expect(queueOf(later)).toBeUndefined();
  expect(later.events.map(({ name }) => name).slice(-2)).toEqual(["WeightsSet", "WeightsRevealed"]);
  expect(refusalOf(() => reveal(later))).toBe("NoWeightsCommitFound");
});

test("after its epoch a commit can no longer be revealed", () => {
  commit(context);
  const late = advance(context, 90);
  expect(refusalOf(() => reveal(late))).toBe("ExpiredWeightCommit");
  expect(refusalOf(() => reveal(late, { salt: [9] }))).toBe("NoWeightsCommitFound");
});

test("a longer reveal period moves the window", () => {
  write(context.state, storage.RevealPeriodEpochs, [NETUID, 2n]);
  commit(context);
  expect(refusalOf(() => reveal(advance(context, 50)))).toBe("RevealTooEarly");
  expect(refusalOf(() => reveal(advance(context, 90)))).toBe("accepted");
});

test("a reveal the row's own checks refuse changes nothing", () => {
  const row = { ...shown, uids: [4, 4] };
  commit(context, commitHash({ ...row, who: bob, index: NETUID }));
  const later = advance(context, 50);
  expect(refusalOf(() => reveal(later, row))).toBe("DuplicateUids");
  expect(queueOf(later)).toHaveLength(1);
});

test("revealing a commit drops the earlier ones and keeps the later", () => {
  const second = commitHash({ ...shown, salt: [2], who: bob, index: NETUID });
  const third = commitHash({ ...shown, salt: [3], who: bob, index: NETUID });
  commit(context);
  commit({ ...context, block: 30 }, second);
  const later = advance({ ...context, block: 30 }, 50);
  commit(later, third);
  reveal(later, { salt: [2] });
  expect(queueOf(later)).toEqual([[third, 1n, 50n, 0n]]);
});

test("a batch reveals all of its commits or none", () => {
  const lists = { netuid: NETUID, uids_list: [[4], [5]], values_list: [[1], [1]], salts_list: [[7], [8]] };
  const batch = { ...lists, version_keys: [0n, 0n] };
  const hashes = [4, 5].map((uid, i) =>
    commitHash({ who: bob, index: NETUID, uids: [uid], values: [1], salt: [7 + i], version_key: 0n }),
  );
  hashes.forEach((one, i) => commit({ ...context, block: 20 + 10 * i, events: [] }, one));
  const later = advance({ ...context, block: 30 }, 50);
  const attempt = (args: Partial<typeof batch>) =>
    refusalOf(() =>
      transactional(later, (inner) => batchRevealWeights(inner, origin, { ...batch, ...args })),
    );
  expect(attempt({ version_keys: [0n] })).toBe("InputLengthsUnequal");
  expect(attempt({ salts_list: [[7], [9]] })).toBe("InvalidRevealCommitHashNotMatch");
  expect(read(later.state, storage.Weights, NETUID, BOB_UID)).toEqual([]);
  expect(attempt({})).toBe("accepted");
  expect(read(later.state, storage.Weights, NETUID, BOB_UID)).toEqual([[5, 65_535]]);
  expect(later.events.at(-1)).toEqual({
    pallet: "SubtensorModule",
    name: "WeightsBatchRevealed",
    value: [bob, NETUID, hashes],
  });
});

test("the epoch sees the block of a validator's earliest live commit", () => {
  const blockOf = (at: Context) =>
    epochInput(at.state, { netuid: NETUID, index: NETUID, block: at.block, raoEmission: 0n }).liveCommitBlock;
  commit(context);
  commit({ ...context, block: 30 });
  expect(blockOf(context)).toEqual([null, 20, null, null, null, null]);
  expect(blockOf(advance(context, 50))[BOB_UID]).toBe(20);
  expect(blockOf(advance(context, 90))[BOB_UID]).toBeNull();
  write(context.state, storage.CommitRevealWeightsEnabled, [NETUID, false]);
  expect(blockOf(context)).toEqual([]);
});
