import { beforeEach, expect, test } from "vitest";
import { callRefusal } from "../errors.ts";
import type { Context } from "../runtime/context.ts";
import { subtensor } from "../runtime/runtime.ts";
import { read, write } from "../state/access.ts";
import { advance, contextAt, developmentAccount } from "../testing/fixture.ts";
import { registerNetwork, startCall } from "./network.ts";
import { burnedRegister } from "./registration.ts";
import { addStake } from "./stake.ts";

const { storage } = subtensor;
const NETUID = 1;
const bobCold = developmentAccount("bob", "coldkey");
const eveHot = developmentAccount("eve");
const newcomer = (i: number) => `0x${i.toString(16).padStart(64, "0")}`;

let context: Context;
beforeEach(() => {
  context = contextAt(6_000);
  write(context.state, storage.MaxRegistrationsPerBlock, [NETUID, 20]);
});

function refusalOf(work: () => void): unknown {
  try {
    work();
    return "accepted";
  } catch (error) {
    return callRefusal(error)?.error ?? error;
  }
}

const register = (hotkey: string, netuid = NETUID, who = bobCold) =>
  refusalOf(() => burnedRegister(context, { kind: "signed", who }, { netuid, hotkey }));

test("a registration takes the next uid with empty scores", () => {
  expect(register(newcomer(1))).toBe("accepted");
  const { state, events } = context;
  expect(read(state, storage.SubnetworkN, NETUID)).toBe(7);
  expect(read(state, storage.Keys, NETUID, 6)).toBe(newcomer(1));
  expect(read(state, storage.Owner, newcomer(1))).toBe(bobCold);
  expect(read(state, storage.BlockAtRegistration, NETUID, 6)).toBe(6_000n);
  expect(read(state, storage.LastUpdate, NETUID)).toHaveLength(7);
  expect(read(state, storage.ValidatorPermit, NETUID)[6]).toBe(false);
  expect(events).toEqual([
    { pallet: "SubtensorModule", name: "NeuronRegistered", value: [NETUID, 6, newcomer(1)] },
  ]);
});

test("registrations are refused by name", () => {
  const { state } = context;
  expect(register(newcomer(1), 0)).toBe("RegistrationNotPermittedOnRootSubnet");
  expect(register(newcomer(1), 9)).toBe("SubnetNotExists");
  expect(register(eveHot)).toBe("HotKeyAlreadyRegisteredInSubNet");
  expect(register(newcomer(1), NETUID, newcomer(2))).toBe("NotEnoughBalanceToStake");
  write(state, storage.Owner, [newcomer(3), newcomer(2)]);
  expect(register(newcomer(3))).toBe("NonAssociatedColdKey");
  write(state, storage.MaxRegistrationsPerBlock, [NETUID, 0]);
  expect(register(newcomer(1))).toBe("TooManyRegistrationsThisBlock");
  write(state, storage.NetworkRegistrationAllowed, [NETUID, false]);
  expect(register(newcomer(1))).toBe("SubNetRegistrationDisabled");
});

test("on a full subnet the weakest neuron past its immunity is replaced, never the owner", () => {
  const { state } = context;
  write(state, storage.MaxAllowedUids, [NETUID, 6]);
  write(state, storage.MinNonImmuneUids, [NETUID, 1]);
  write(state, storage.Emission, [NETUID, [0n, 9n, 8n, 7n, 3n, 3n]]);
  write(state, storage.BlockAtRegistration, [NETUID, 4, 2n]);
  write(state, storage.BlockAtRegistration, [NETUID, 5, 1n]);
  write(state, storage.Weights, [
    NETUID,
    1,
    [
      [4, 10],
      [5, 65_535],
    ],
  ]);
  write(state, storage.Weights, [NETUID, 5, [[1, 65_535]]]);
  const ferdie = read(state, storage.Keys, NETUID, 5);
  expect(register(newcomer(1))).toBe("accepted");
  expect(read(state, storage.Keys, NETUID, 5)).toBe(newcomer(1));
  expect(read(state, storage.Uids, NETUID, ferdie)).toBeUndefined();
  expect(read(state, storage.SubnetworkN, NETUID)).toBe(6);
  expect(read(state, storage.Weights, NETUID, 1)).toEqual([
    [4, 10],
    [5, 0],
  ]);
  expect(read(state, storage.Weights, NETUID, 5)).toEqual([]);
  expect(read(state, storage.LastUpdate, NETUID)[5]).toBe(6_000n);
});

test("while few are past immunity an immune one goes; with none of those nobody does", () => {
  const { state } = context;
  write(state, storage.MaxAllowedUids, [NETUID, 6]);
  expect(register(newcomer(1))).toBe("NoNeuronIdAvailable");
  write(state, storage.BlockAtRegistration, [NETUID, 2, 5_999n]);
  expect(register(newcomer(1))).toBe("accepted");
  expect(read(state, storage.Uids, NETUID, newcomer(1))).toBe(2);
});

test("staking is refused by name", () => {
  const stake = (hotkey: string, amount: bigint, netuid = NETUID, who = bobCold) =>
    refusalOf(() => addStake(context, { kind: "signed", who }, { hotkey, netuid, amount_staked: amount }));
  expect(stake(eveHot, 5_000_000n, 9)).toBe("SubnetNotExists");
  expect(stake(eveHot, 1_999_999n)).toBe("AmountTooLow");
  expect(stake(newcomer(1), 5_000_000n)).toBe("HotKeyAccountNotExists");
  expect(stake(eveHot, 10n ** 18n)).toBe("NotEnoughBalanceToStake");
  write(context.state, storage.SubtokenEnabled, [NETUID, false]);
  expect(stake(eveHot, 5_000_000n)).toBe("SubtokenDisabled");
});

test("a new subnet belongs to its founder, whose hotkey is uid 0", () => {
  const found = (hotkey: string) =>
    refusalOf(() => registerNetwork(context, { kind: "signed", who: bobCold }, { hotkey }));
  expect(found(eveHot)).toBe("NonAssociatedColdKey");
  write(context.state, storage.NetworkMinLockCost, [10n ** 18n]);
  expect(found(newcomer(1))).toBe("CannotAffordLockCost");
  write(context.state, storage.NetworkMinLockCost, [10n ** 9n]);
  expect(found(newcomer(1))).toBe("accepted");
  const { state } = context;
  expect(read(state, storage.SubnetOwner, 2)).toBe(bobCold);
  expect(read(state, storage.Uids, 2, newcomer(1))).toBe(0);
  expect(read(state, storage.LastEpochBlock, 2)).toBe(5_998n);
  expect(read(state, storage.Yuma3On, 2)).toBe(true);
  expect(read(state, storage.CommitRevealWeightsEnabled, 2)).toBe(true);
});

test("a new subnet is paid and staked to once its owner has started it", () => {
  const { state } = context;
  registerNetwork(context, { kind: "signed", who: bobCold }, { hotkey: newcomer(1) });
  const started = (at: Context, who = bobCold, netuid = 2) =>
    refusalOf(() => startCall(at, { kind: "signed", who }, { netuid }));
  const stake = { hotkey: newcomer(1), netuid: 2, amount_staked: 5_000_000n };
  const staked = () => refusalOf(() => addStake(context, { kind: "signed", who: bobCold }, stake));
  expect(staked()).toBe("SubtokenDisabled");
  const idle = advance(context, 6_010);
  expect(read(idle.state, storage.PendingServerEmission, 2)).toBe(0n);
  expect(started(idle, bobCold, 9)).toBe("SubnetNotExists");
  expect(started(idle, newcomer(1))).not.toBe("accepted");
  write(state, storage.StartCallDelay, [11n]);
  expect(started(idle)).toBe("NeedWaitingMoreBlocksToStarCall");
  const due = advance(idle, 6_011);
  expect(started(due)).toBe("accepted");
  expect(started(due)).toBe("FirstEmissionBlockNumberAlreadySet");
  expect(due.events.at(-1)).toMatchObject({ name: "FirstEmissionBlockNumberSet", value: [2, 6_012n] });
  expect(staked()).toBe("accepted");
  expect(read(advance(due, 6_012).state, storage.PendingServerEmission, 2)).toBeGreaterThan(0n);
});
