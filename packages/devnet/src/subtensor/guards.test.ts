import { beforeEach, expect, test } from "vitest";
import type { Context } from "../runtime/context.ts";
import { subtensor } from "../runtime/runtime.ts";
import { write } from "../state/access.ts";
import { advance, committingGenesis, contextAt, developmentAccount, refusalOf } from "../testing/fixture.ts";
import { commitHash } from "./commit-queue.ts";
import { commitWeights } from "./commit-weights.ts";
import { checkGuards } from "./guards.ts";
import { poolNumber } from "./pool-numbers.ts";

const { storage } = subtensor;
const bob = developmentAccount("bob");
const shown = { uids: [4], values: [1], salt: [1], version_key: 0n };
const hash = commitHash({ ...shown, who: bob, index: 1 });

let context: Context;
beforeEach(() => {
  context = contextAt(20, committingGenesis());
});

/** The N of the pool's "Custom error: N", 0 if the call passes. */
function numberOf(at: Context, name: string, value: unknown, who = bob): number {
  const call = { pallet: "SubtensorModule", name, value };
  const refused = refusalOf(() => checkGuards(at.state, { who, call, block: at.block }));
  return refused === "accepted" ? 0 : poolNumber(String(refused));
}

test("a reveal meets 16, 17 or nothing, as its commit stands", () => {
  const args = { netuid: 1, ...shown };
  expect(numberOf(context, "reveal_weights", args)).toBe(16);
  commitWeights(context, { kind: "signed", who: bob }, { netuid: 1, mecid: 0, commit_hash: hash });
  expect(numberOf(context, "reveal_weights", { ...args, salt: [2] })).toBe(16);
  expect(numberOf(context, "reveal_weights", args)).toBe(17);
  const due = advance(context, 50);
  expect(numberOf(due, "reveal_weights", args)).toBe(0);
  expect(numberOf(due, "reveal_mechanism_weights", { ...args, mecid: 1 })).toBe(16);
  expect(numberOf(advance(due, 90), "reveal_weights", args)).toBe(17);
});

test("batches need lists of one length and items that may be revealed", () => {
  const batch = { netuid: 1, uids_list: [[4]], values_list: [[1]], salts_list: [[1]], version_keys: [0n] };
  expect(numberOf(context, "batch_reveal_weights", { ...batch, salts_list: [] })).toBe(18);
  expect(numberOf(context, "batch_reveal_weights", batch)).toBe(16);
  expect(numberOf(context, "batch_commit_weights", { netuids: [1], commit_hashes: [] })).toBe(18);
  const uneven = { netuids: [1], weights: [[]], version_keys: [] };
  expect(numberOf(context, "batch_set_weights", uneven)).toBe(18);
});

test("a hotkey without a uid meets 19, or 1 where stake is asked for", () => {
  const outsider = `0x${"ab".repeat(32)}`;
  const target = { netuid: 1, dests: [0], weights: [1], version_key: 0n };
  const reveal = { netuid: 1, ...shown };
  const timelocked = { netuid: 1, commit: new Uint8Array(), reveal_round: 2n ** 40n };
  const calls: readonly (readonly [string, unknown])[] = [
    ["set_weights", target],
    ["set_mechanism_weights", { ...target, mecid: 1 }],
    ["commit_weights", { netuid: 1, commit_hash: hash }],
    ["commit_timelocked_weights", { ...timelocked, commit_reveal_version: 4 }],
    ["reveal_weights", reveal],
  ];
  for (const [name, args] of calls) expect(numberOf(context, name, args, outsider)).toBe(19);
  write(context.state, storage.StakeThreshold, [1n]);
  for (const [name, args] of calls) expect(numberOf(context, name, args, outsider)).toBe(1);
});

test("a commit needs stake and patience", () => {
  const args = { netuid: 1, commit_hash: hash };
  expect(numberOf(context, "commit_weights", args)).toBe(0);
  write(context.state, storage.LastUpdate, [1, [0n, 15n]]);
  expect(numberOf(context, "commit_weights", args)).toBe(6);
  expect(numberOf(context, "commit_mechanism_weights", { ...args, mecid: 1 })).toBe(0);
  write(context.state, storage.StakeThreshold, [10n ** 18n]);
  expect(numberOf(context, "commit_weights", args)).toBe(1);
});
