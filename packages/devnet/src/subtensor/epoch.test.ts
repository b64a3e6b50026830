import { epoch } from "@assay/core";
import { beforeEach, expect, test } from "vitest";
import { developmentGenesis } from "../genesis/development.ts";
import type { GenesisSpec } from "../genesis/spec.ts";
import type { Context } from "../runtime/context.ts";
import { subtensor } from "../runtime/runtime.ts";
import { read, write } from "../state/access.ts";
import { advance, contextAt, developmentAccount } from "../testing/fixture.ts";
import { blockEmission } from "./coinbase.ts";
import { epochInput } from "./epoch-input.ts";
import { setWeights } from "./set-weights.ts";

const { storage } = subtensor;
const NETUID = 1;
const TEMPO = 40;
const [alice, bob, charlie, dave, eve, ferdie] = (
  ["alice", "bob", "charlie", "dave", "eve", "ferdie"] as const
).map((name) => developmentAccount(name));

function judge(
  context: Context,
  rows: readonly [who: string | undefined, dests: number[], weights: number[]][],
) {
  for (const [who = "", dests, weights] of rows) {
    setWeights(
      context,
      { kind: "signed", who },
      { netuid: NETUID, mecid: 0, dests, weights, version_key: 0n },
    );
  }
}

let start: Context;
beforeEach(() => {
  start = contextAt(0);
});

const alphaOf = (context: Context, hotkey = "") =>
  read(context.state, storage.TotalHotkeyAlpha, hotkey, NETUID);

test("each block adds the owner's cut and half of the rest to miners and to validators", () => {
  const context = advance(start, 3);
  expect(blockEmission(context.state, NETUID)).toEqual({
    owner: 179_995_422n,
    server: 410_002_289n,
    validator: 410_002_289n,
  });
  expect(read(context.state, storage.PendingOwnerCut, NETUID)).toBe(3n * 179_995_422n);
  expect(read(context.state, storage.PendingServerEmission, NETUID)).toBe(3n * 410_002_289n);
  expect(read(context.state, storage.PendingValidatorEmission, NETUID)).toBe(3n * 410_002_289n);
});

test("what an epoch stores is core's epoch on the state one block earlier plus one block's emission", () => {
  const judged = advance(start, 30);
  judge(judged, [
    [bob, [4, 5], [3, 1]],
    [charlie, [4, 5], [1, 1]],
    [dave, [0, 5], [1, 5]],
  ]);
  const before = advance(judged, TEMPO - 1);
  const { server, validator } = blockEmission(before.state, NETUID);
  const pending =
    read(before.state, storage.PendingServerEmission, NETUID) +
    read(before.state, storage.PendingValidatorEmission, NETUID) +
    read(before.state, storage.PendingRootAlphaDivs, NETUID);
  const input = epochInput(before.state, {
    netuid: NETUID,
    index: NETUID,
    block: TEMPO,
    raoEmission: pending + server + validator,
  });
  const expected = epoch(input);
  expect(expected.incentive.some((value) => value > 0)).toBe(true);
  const { state, events } = advance(before, TEMPO);
  expect(read(state, storage.Incentive, NETUID)).toEqual(expected.incentive);
  expect(read(state, storage.Dividends, NETUID)).toEqual(expected.dividends);
  expect(read(state, storage.Consensus, NETUID)).toEqual(expected.consensus);
  expect(read(state, storage.ValidatorTrust, NETUID)).toEqual(expected.validatorTrust);
  expect(read(state, storage.StakeWeight, NETUID)).toEqual(expected.stakeWeight);
  expect(read(state, storage.Emission, NETUID)).toEqual(expected.emission);
  expect(read(state, storage.Active, NETUID)).toEqual(expected.active);
  expect(read(state, storage.ValidatorPermit, NETUID)).toEqual(expected.validatorPermit);
  expect(read(state, storage.Bonds, NETUID, 1)).toEqual(expected.bonds[1]);
  expect(events).toContainEqual({
    pallet: "SubtensorModule",
    name: "IncentiveAlphaEmittedToMiners",
    value: { netuid: NETUID, emissions: expected.serverEmission },
  });
});

test("epochs come every tempo blocks and leave their marks in the schedule", () => {
  const { state } = advance(start, 2 * TEMPO + 7);
  expect(read(state, storage.LastEpochBlock, NETUID)).toBe(80n);
  expect(read(state, storage.LastMechansimStepBlock, NETUID)).toBe(80n);
  expect(read(state, storage.SubnetEpochIndex, NETUID)).toBe(2n);
  expect(read(state, storage.BlocksSinceLastStep, NETUID)).toBe(7n);
});

test("an epoch drains what was pending and pays it as stake, the owner's incentive withheld", () => {
  const judged = advance(start, 30);
  judge(judged, [
    [bob, [0, 4], [1, 1]],
    [charlie, [0, 4], [1, 1]],
  ]);
  const before = advance(judged, TEMPO - 1);
  const held = [alice, bob, eve].map((hotkey) => alphaOf(before, hotkey));
  const after = advance(before, TEMPO);
  const [ownerGrowth, bobGrowth, eveGrowth] = [alice, bob, eve].map(
    (hotkey, i) => alphaOf(after, hotkey) - (held[i] ?? 0n),
  );
  const { owner, server } = blockEmission(after.state, NETUID);
  expect(ownerGrowth).toBe(BigInt(TEMPO) * owner);
  const half = (BigInt(TEMPO) * server) / 2n;
  expect(Number(eveGrowth)).toBeCloseTo(Number(half), -6);
  expect(bobGrowth).toBeGreaterThan(0n);
  for (const item of [
    storage.PendingServerEmission,
    storage.PendingValidatorEmission,
    storage.PendingOwnerCut,
  ]) {
    expect(read(after.state, item, NETUID)).toBe(0n);
  }
});

test("without incentive the validators share the miners' part too", () => {
  const before = advance(start, TEMPO - 1);
  const held = [bob, charlie, dave, eve].map((hotkey) => alphaOf(before, hotkey));
  const after = advance(before, TEMPO);
  const growth = [bob, charlie, dave, eve].map((hotkey, i) => alphaOf(after, hotkey) - (held[i] ?? 0n));
  const { server, validator } = blockEmission(after.state, NETUID);
  const total = BigInt(TEMPO) * (server + validator);
  const paid = growth.reduce((a, b) => a + b, 0n);
  expect(total - paid).toBeLessThan(4n);
  expect(growth[3]).toBe(0n);
  expect(Number(growth[0]) / Number(growth[2])).toBeCloseTo(3, 5);
});

test("with tempo 0 no epoch ever runs", () => {
  write(start.state, storage.Tempo, [NETUID, 0]);
  const { state } = advance(start, 100);
  expect(read(state, storage.SubnetEpochIndex, NETUID)).toBe(0n);
  expect(read(state, storage.PendingServerEmission, NETUID)).toBeGreaterThan(0n);
});

test("no more than MaxEpochsPerBlock epochs run in a block; the others follow in the next", () => {
  const genesis = developmentGenesis();
  const [subnet] = genesis.subnets;
  const three: GenesisSpec = {
    ...genesis,
    subnets: [1, 2, 3].map((netuid) => ({ ...subnet!, netuid })),
  };
  const atTempo = advance(contextAt(0, three), TEMPO);
  const indexOf = (netuid: number) => read(atTempo.state, storage.SubnetEpochIndex, netuid);
  expect([1, 2, 3].map(indexOf)).toEqual([1n, 1n, 0n]);
  expect(read(atTempo.state, storage.PendingEpochAt, 3)).toBe(41n);
  expect(atTempo.events).toContainEqual({
    pallet: "SubtensorModule",
    name: "EpochDeferred",
    value: { netuid: 3, from_block: 40n, to_block: 41n },
  });
  advance(atTempo, TEMPO + 1);
  expect(indexOf(3)).toBe(1n);
  expect(read(atTempo.state, storage.PendingEpochAt, 3)).toBe(0n);
});

test("two mechanisms run on their own rows, and the split decides who is paid from which", () => {
  const { state } = start;
  write(state, storage.MechanismCountCurrent, [NETUID, 2]);
  write(state, storage.MechanismEmissionSplit, [NETUID, [0, 65_535]]);
  const judged = advance(start, 30);
  const row = { netuid: NETUID, version_key: 0n, weights: [1] };
  for (const who of [bob, charlie] as string[]) {
    setWeights(judged, { kind: "signed", who }, { ...row, mecid: 0, dests: [4] });
    setWeights(judged, { kind: "signed", who }, { ...row, mecid: 1, dests: [5] });
  }
  const after = advance(judged, TEMPO);
  expect(read(after.state, storage.Incentive, NETUID)[4]).toBe(65_535);
  expect(read(after.state, storage.Incentive, 4_096 + NETUID)[5]).toBe(65_535);
  expect(alphaOf(after, eve)).toBeLessThan(10n);
  expect(alphaOf(after, ferdie)).toBeGreaterThan(10n ** 9n);
});

test("a hotkey under two uids skips the epoch: its slot is used, its money kept", () => {
  const { state } = start;
  write(state, storage.Keys, [NETUID, 5, read(state, storage.Keys, NETUID, 4)]);
  const atTempo = advance(start, TEMPO);
  expect(atTempo.events).toContainEqual({
    pallet: "SubtensorModule",
    name: "EpochSkipped",
    value: { netuid: NETUID, block: BigInt(TEMPO) },
  });
  expect(read(state, storage.SubnetEpochIndex, NETUID)).toBe(1n);
  expect(read(state, storage.LastEpochBlock, NETUID)).toBe(BigInt(TEMPO));
  expect(read(state, storage.LastMechansimStepBlock, NETUID)).toBe(0n);
  const kept = read(state, storage.PendingServerEmission, NETUID);
  expect(kept).toBeGreaterThan(0n);
  write(state, storage.Keys, [NETUID, 5, ferdie]);
  advance(atTempo, 2 * TEMPO);
  expect(read(state, storage.PendingServerEmission, NETUID)).toBe(0n);
  expect(read(state, storage.LastMechansimStepBlock, NETUID)).toBe(BigInt(2 * TEMPO));
});
