import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { callRefusal, DevnetError } from "../errors.ts";
import type { Context } from "../runtime/context.ts";
import { subtensor } from "../runtime/runtime.ts";
import { read, write } from "../state/access.ts";
import { contextAt, developmentAccount } from "../testing/fixture.ts";
import { setWeights, type WeightsInput } from "./set-weights.ts";

const { storage } = subtensor;
const NETUID = 1;
const [OWNER_UID, BOB_UID] = [0, 1];
const bob = developmentAccount("bob");
const eve = developmentAccount("eve");
const stranger = `0x${"ab".repeat(32)}`;
const good: WeightsInput = { netuid: NETUID, mecid: 0, dests: [4, 5], weights: [1, 2], version_key: 0n };

let context: Context;
beforeEach(() => {
  context = contextAt(20);
});

function refusalOf(who: string, input: Partial<WeightsInput>): unknown {
  try {
    setWeights(context, { kind: "signed", who }, { ...good, ...input });
    return "accepted";
  } catch (error) {
    return callRefusal(error)?.error ?? error;
  }
}

test("a good row is stored scaled to 65535, in the given order, and dated", () => {
  setWeights(context, { kind: "signed", who: bob }, { ...good, dests: [5, 4, 0], weights: [10, 5, 0] });
  expect(read(context.state, storage.Weights, NETUID, BOB_UID)).toEqual([
    [5, 65_535],
    [4, 32_768],
    [0, 0],
  ]);
  expect(read(context.state, storage.LastUpdate, NETUID)[BOB_UID]).toBe(20n);
  expect(context.events).toEqual([
    { pallet: "SubtensorModule", name: "WeightsSet", value: [NETUID, BOB_UID] },
  ]);
});

test("refusals come in the chain's order", () => {
  const { state } = context;
  const bad = { dests: [9, 9, 9, 9, 9, 9, 9], weights: [1], netuid: 0, version_key: 0n };
  write(state, storage.CommitRevealWeightsEnabled, [0, true]);
  expect(refusalOf(stranger, bad)).toBe("CommitRevealEnabled");
  write(state, storage.CommitRevealWeightsEnabled, [0, false]);
  expect(refusalOf(stranger, bad)).toBe("CanNotSetRootNetworkWeights");
  expect(refusalOf(stranger, { ...bad, netuid: 7 })).toBe("CommitRevealEnabled");
  write(state, storage.CommitRevealWeightsEnabled, [7, false]);
  expect(refusalOf(stranger, { ...bad, netuid: 7 })).toBe("WeightVecNotEqualSize");
  const long = { ...bad, weights: [1, 1, 1, 1, 1, 1, 1] };
  expect(refusalOf(stranger, { ...long, netuid: 7 })).toBe("MechanismDoesNotExist");
  expect(refusalOf(stranger, { ...long, netuid: NETUID, mecid: 1 })).toBe("MechanismDoesNotExist");
  expect(refusalOf(stranger, { ...long, netuid: NETUID })).toBe("UidsLengthExceedUidsInSubNet");
  const row = { netuid: NETUID, dests: [9, 9], weights: [1, 1] };
  expect(refusalOf(stranger, row)).toBe("HotKeyNotRegisteredInSubNet");
  write(state, storage.StakeThreshold, [1_000n]);
  write(state, storage.WeightsVersionKey, [NETUID, 5n]);
  write(state, storage.LastUpdate, [NETUID, [0n, 15n, 0n, 0n, 15n, 0n]]);
  write(state, storage.MinAllowedWeights, [NETUID, 3]);
  expect(refusalOf(eve, row)).toBe("NotEnoughStakeToSetWeights");
  write(state, storage.StakeThreshold, [0n]);
  expect(refusalOf(eve, { ...row, version_key: 4n })).toBe("IncorrectWeightVersionKey");
  expect(refusalOf(eve, { ...row, version_key: 5n })).toBe("SettingWeightsTooFast");
  write(state, storage.LastUpdate, [NETUID, [0n, 10n, 0n, 0n, 10n, 0n]]);
  expect(refusalOf(eve, { ...row, version_key: 5n })).toBe("NeuronNoValidatorPermit");
  expect(refusalOf(bob, { ...row, version_key: 5n })).toBe("DuplicateUids");
  expect(refusalOf(bob, { ...row, dests: [4, 6], version_key: 5n })).toBe("UidVecContainInvalidOne");
  expect(refusalOf(bob, { ...row, dests: [4, 5], version_key: 5n })).toBe("WeightVecLengthIsLow");
  expect(refusalOf(bob, { dests: [3, 4, 5], weights: [0, 1, 1], version_key: 5n })).toBe("accepted");
});

test("unsigned weights are refused before anything else is looked at", () => {
  expect(() => setWeights(context, { kind: "none" }, good)).toThrow(DevnetError);
  expect(() => setWeights(context, { kind: "root" }, good)).toThrow("this origin may not make the call");
});

test("the rate limit counts from the last update and accepts exactly the limit", () => {
  const { state } = context;
  write(state, storage.LastUpdate, [NETUID, [0n, 11n]]);
  expect(refusalOf(bob, {})).toBe("SettingWeightsTooFast");
  write(state, storage.LastUpdate, [NETUID, [0n, 10n]]);
  expect(refusalOf(bob, {})).toBe("accepted");
});

test("a neuron without permit may weigh itself alone", () => {
  write(context.state, storage.MinAllowedWeights, [NETUID, 3]);
  expect(refusalOf(eve, { dests: [5], weights: [7] })).toBe("NeuronNoValidatorPermit");
  expect(refusalOf(eve, { dests: [4], weights: [7] })).toBe("accepted");
});

test("the owner needs neither stake nor permit", () => {
  const owner = developmentAccount("alice");
  write(context.state, storage.StakeThreshold, [10n ** 15n]);
  expect(refusalOf(bob, {})).toBe("NotEnoughStakeToSetWeights");
  expect(refusalOf(owner, {})).toBe("accepted");
  expect(read(context.state, storage.Weights, NETUID, OWNER_UID)).toHaveLength(2);
});

test("a second mechanism keeps its own rows and its own rate limit", () => {
  write(context.state, storage.MechanismCountCurrent, [NETUID, 2]);
  expect(refusalOf(bob, {})).toBe("accepted");
  expect(refusalOf(bob, { mecid: 1 })).toBe("accepted");
  expect(refusalOf(bob, { mecid: 1 })).toBe("SettingWeightsTooFast");
  expect(read(context.state, storage.Weights, 4_096 + NETUID, BOB_UID)).toHaveLength(2);
  expect(read(context.state, storage.LastUpdate, 4_096 + NETUID)).toEqual([0n, 20n]);
});

test("the largest weight is stored as 65535 whatever the scale", () => {
  const weights = fc.array(fc.integer({ min: 0, max: 65_535 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(weights, (values) => {
      const fresh = contextAt(20);
      const dests = values.map((_, uid) => uid);
      setWeights(fresh, { kind: "signed", who: bob }, { ...good, dests, weights: values });
      const stored = read(fresh.state, storage.Weights, NETUID, BOB_UID).map(([, value]) => value);
      const isNobody = values.every((value) => value === 0);
      expect(Math.max(...stored)).toBe(isNobody ? 0 : 65_535);
    }),
    { numRuns: 25 },
  );
});
