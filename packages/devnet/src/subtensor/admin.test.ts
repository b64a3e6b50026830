import { beforeEach, expect, test } from "vitest";
import type { Context, Origin } from "../runtime/context.ts";
import { dispatch } from "../runtime/dispatch.ts";
import { adminUtils, pallets, subtensor } from "../runtime/runtime.ts";
import { read, write } from "../state/access.ts";
import { contextAt, developmentAccount } from "../testing/fixture.ts";

const { storage } = subtensor;
const NETUID = 1;
const root: Origin = { kind: "root" };
const owner: Origin = { kind: "signed", who: developmentAccount("alice", "coldkey") };
const bob: Origin = { kind: "signed", who: developmentAccount("bob", "coldkey") };

let context: Context;
beforeEach(() => {
  context = contextAt(5);
});

/** Makes an AdminUtils call and returns how it ended: "done", or the refusal's name. */
function call(name: keyof typeof adminUtils.calls, value: object, origin: Origin = root): string {
  const failure = dispatch(context, origin, { pallet: "AdminUtils", name, value });
  if (failure === undefined) return "done";
  if (failure.tag !== "Module") return failure.tag;
  const pallet = pallets.find(({ index }) => index === failure.value.index);
  const index = Number.parseInt(failure.value.error.slice(2, 4), 16);
  return Object.entries(pallet?.errors ?? {}).find(([, one]) => one === index)?.[0] ?? "unknown";
}

test.each([
  ["sudo_set_weights_version_key", { weights_version_key: 9n }, storage.WeightsVersionKey, 9n],
  ["sudo_set_weights_set_rate_limit", { weights_set_rate_limit: 7n }, storage.WeightsSetRateLimit, 7n],
  ["sudo_set_immunity_period", { immunity_period: 3 }, storage.ImmunityPeriod, 3],
  ["sudo_set_min_allowed_weights", { min_allowed_weights: 4 }, storage.MinAllowedWeights, 4],
  ["sudo_set_max_allowed_uids", { max_allowed_uids: 64 }, storage.MaxAllowedUids, 64],
  ["sudo_set_kappa", { kappa: 40_000 }, storage.Kappa, 40_000],
  ["sudo_set_rho", { rho: 11 }, storage.Rho, 11],
  [
    "sudo_set_network_registration_allowed",
    { registration_allowed: false },
    storage.NetworkRegistrationAllowed,
    false,
  ],
  ["sudo_set_max_allowed_validators", { max_allowed_validators: 2 }, storage.MaxAllowedValidators, 2],
  ["sudo_set_bonds_moving_average", { bonds_moving_average: 500_000n }, storage.BondsMovingAverage, 500_000n],
  ["sudo_set_bonds_penalty", { bonds_penalty: 0 }, storage.BondsPenalty, 0],
  ["sudo_set_tempo", { tempo: 99 }, storage.Tempo, 99],
  ["sudo_set_bonds_reset_enabled", { enabled: true }, storage.BondsResetOn, true],
  ["sudo_set_commit_reveal_weights_interval", { interval: 3n }, storage.RevealPeriodEpochs, 3n],
  ["sudo_set_serving_rate_limit", { serving_rate_limit: 9n }, storage.ServingRateLimit, 9n],
  ["sudo_set_commit_reveal_weights_enabled", { enabled: true }, storage.CommitRevealWeightsEnabled, true],
  ["sudo_set_liquid_alpha_enabled", { enabled: true }, storage.LiquidAlphaOn, true],
  ["sudo_set_alpha_sigmoid_steepness", { steepness: 500 }, storage.AlphaSigmoidSteepness, 500],
  ["sudo_set_yuma3_enabled", { enabled: false }, storage.Yuma3On, false],
] as const)("%s stores its value", (name, value, item, expected) => {
  expect(call(name, { netuid: NETUID, ...value })).toBe("done");
  expect(read(context.state, item as typeof storage.Tempo, NETUID)).toBe(expected);
  expect(call(name, { netuid: 9, ...value })).toBe("SubnetDoesNotExist");
});

test.each([
  ["sudo_set_stake_threshold", { min_stake: 5n }, storage.StakeThreshold, 5n],
  ["sudo_set_subnet_owner_cut", { subnet_owner_cut: 0 }, storage.SubnetOwnerCut, 0],
  ["sudo_set_admin_freeze_window", { window: 3 }, storage.AdminFreezeWindow, 3],
  ["sudo_set_commit_reveal_version", { version: 5 }, storage.CommitRevealWeightsVersion, 5],
  ["sudo_set_max_epochs_per_block", { max_epochs_per_block: 32 }, storage.MaxEpochsPerBlock, 32],
] as const)("%s is for root alone", (name, value, item, expected) => {
  expect(call(name, value, owner)).toBe("BadOrigin");
  expect(call(name, value)).toBe("done");
  expect(read(context.state, item as typeof storage.StakeThreshold)).toBe(expected);
});

test("every declared call has a test above or below", () => {
  const tested = Object.keys(adminUtils.calls).length;
  expect(tested).toBe(19 + 5 + 3);
});

test("values out of bounds are refused by name", () => {
  const at = { netuid: NETUID };
  expect(call("sudo_set_commit_reveal_weights_interval", { ...at, interval: 0n })).toBe(
    "RevealPeriodTooSmall",
  );
  expect(call("sudo_set_commit_reveal_weights_interval", { ...at, interval: 101n })).toBe(
    "RevealPeriodTooLarge",
  );
  expect(call("sudo_set_max_allowed_uids", { ...at, max_allowed_uids: 5 })).toBe(
    "MaxAllowedUIdsLessThanCurrentUIds",
  );
  expect(call("sudo_set_max_allowed_validators", { ...at, max_allowed_validators: 257 })).toBe(
    "MaxValidatorsLargerThanMaxUIds",
  );
  expect(call("sudo_set_bonds_moving_average", { ...at, bonds_moving_average: 1_000_001n })).toBe(
    "BondsMovingAverageMaxReached",
  );
  expect(call("sudo_set_alpha_sigmoid_steepness", { ...at, steepness: -1 })).toBe("NegativeSigmoidSteepness");
});

test("alpha values need liquid alpha and keep their bounds", () => {
  const set = (alpha_low: number, alpha_high: number) =>
    call("sudo_set_alpha_values", { netuid: NETUID, alpha_low, alpha_high });
  expect(set(2_000, 60_000)).toBe("LiquidAlphaDisabled");
  write(context.state, storage.LiquidAlphaOn, [NETUID, true]);
  expect(set(1, 1_637)).toBe("AlphaHighTooLow");
  expect(set(1_637, 60_000)).toBe("AlphaLowOutOfRange");
  expect(set(60_001, 60_000)).toBe("AlphaLowOutOfRange");
  expect(set(2_000, 60_000)).toBe("done");
  expect(read(context.state, storage.AlphaValues, NETUID)).toEqual([2_000, 60_000]);
});

test("mechanisms come and go within their limits, and a split names the whole", () => {
  const count = (mechanism_count: number) =>
    call("sudo_set_mechanism_count", { netuid: NETUID, mechanism_count });
  const split = (maybe_split: number[] | undefined) =>
    call("sudo_set_mechanism_emission_split", { netuid: NETUID, maybe_split });
  expect(count(0)).toBe("InvalidValue");
  expect(count(3)).toBe("InvalidValue");
  expect(count(2)).toBe("TooManyUIDsPerMechanism");
  write(context.state, storage.MaxAllowedUids, [NETUID, 128]);
  expect(count(2)).toBe("done");
  expect(split([1, 2])).toBe("InvalidValue");
  expect(split([30_000, 35_535])).toBe("done");
  write(context.state, storage.Weights, [4_096 + NETUID, 1, [[4, 1]]]);
  expect(count(1)).toBe("done");
  expect(read(context.state, storage.Weights, 4_096 + NETUID, 1)).toEqual([]);
  expect(read(context.state, storage.MechanismEmissionSplit, NETUID)).toBeUndefined();
  expect(split([65_535])).toBe("done");
  expect(split(undefined)).toBe("done");
});

test("the owner may change what is the owner's, except just before an epoch", () => {
  const kappa = { netuid: NETUID, kappa: 40_000 };
  const rho = { netuid: NETUID, rho: 11 };
  expect(call("sudo_set_kappa", kappa, owner)).toBe("BadOrigin");
  expect(call("sudo_set_rho", rho, bob)).toBe("BadOrigin");
  expect(call("sudo_set_rho", rho, owner)).toBe("done");
  context = contextAt(30);
  expect(call("sudo_set_rho", rho, owner)).toBe("AdminActionProhibitedDuringWeightsWindow");
  expect(call("sudo_set_rho", rho, root)).toBe("done");
});
