import { readFileSync } from "node:fs";
import { join } from "node:path";
import { u8aToHex } from "@polkadot/util";
import { describe, expect, test } from "vitest";
import { weightsCall } from "../write/weights-call.ts";
import { apiAccess } from "./api.ts";
import { decodeRuntime } from "./runtime.ts";
import { storageAccess } from "./storage.ts";

const folder = process.env["ASSAY_RECORDED_DATA"];
const ALICE = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";

describe.skipIf(folder === undefined)("mainnet's recorded runtime (ASSAY_RECORDED_DATA)", () => {
  const load = () => {
    const bytes = readFileSync(join(folder ?? "", "subtensor-finney-424.metadata-v16.scale"));
    return decodeRuntime({ specVersion: 424, transactionVersion: 1 }, u8aToHex(bytes));
  };
  const runtime = folder === undefined ? undefined : load();
  const known = () => runtime ?? expect.fail("not loaded");

  test("encodes both weight calls", () => {
    const request = { netuid: 1, mechid: 0, row: [[0, 65_535]] as const, versionKey: 0n };
    expect(weightsCall(known(), request).toHex()).toBe("0x07000100040000" + "04ffff" + "0000000000000000");
    expect(weightsCall(known(), { ...request, mechid: 2 }).toHex()).toMatch(/^0x0777010002/);
  });

  test("has everything in use in the shape that is expected", () => {
    expect(known().changes).toEqual([]);
  });

  test("keeps Bittensor's own extensions without a byte of their own", () => {
    expect(known().registry.signedExtensions).toHaveLength(13);
    const types = known().registry.getSignedExtensionTypes();
    expect(Object.keys(types)).toEqual(["era", "nonce", "tip", "mode"]);
  });

  test.each([
    "NetworksAdded",
    "SubnetworkN",
    "MechanismCountCurrent",
    "CommitRevealWeightsEnabled",
    "WeightsSetRateLimit",
    "WeightsVersionKey",
    "MinAllowedWeights",
    "MaxAllowedValidators",
    "Kappa",
    "BondsMovingAverage",
    "BondsPenalty",
    "LiquidAlphaOn",
    "Yuma3On",
    "ActivityCutoffFactorMilli",
    "Tempo",
    "LastEpochBlock",
    "PendingEpochAt",
    "SubnetEpochIndex",
    "BlocksSinceLastStep",
    "SubnetOwnerHotkey",
    "ValidatorPermit",
    "LastUpdate",
    "StakeWeight",
    "ValidatorTrust",
  ])("has SubtensorModule.%s with a default", (item) => {
    const { key, decode } = storageAccess(known(), [`SubtensorModule.${item}`, 1]);
    expect(key).toMatch(/^0x658faa385070e074c85bf6b568cf0555[0-9a-f]+$/);
    expect(decode(null).value).not.toBeUndefined();
  });

  test("reads values of the items with several keys or none", () => {
    const read = (...access: Parameters<typeof storageAccess>[1]) => storageAccess(known(), access);
    expect(read("SubtensorModule.Weights", 4_097, 3).decode("0x0801000200ffff0a00").value).toEqual([
      [1, 2],
      [65_535, 10],
    ]);
    expect(read("SubtensorModule.Uids", 1, ALICE).decode(null).value).toBeNull();
    expect(read("SubtensorModule.Uids", 1, ALICE).decode("0x0500").value).toBe(5);
    expect(read("SubtensorModule.StakeThreshold").decode(null).value).toBe(0);
    expect(read("System.Account", ALICE).decode(null).value).toMatchObject({ nonce: 0 });
  });

  test("has the runtime APIs that are called", () => {
    const selective = apiAccess(known(), ["SubnetInfoRuntimeApi.get_selective_metagraph", 258, [5, 69]]);
    expect(selective.input).toBe("0x02010805004500");
    expect(selective.decode("0x00").value).toBeNull();
    const mechanism = apiAccess(known(), ["SubnetInfoRuntimeApi.get_selective_mechagraph", 1, 2, [5]]);
    expect(mechanism.input).toBe("0x01000204" + "0500");
    const epoch = apiAccess(known(), ["SubnetInfoRuntimeApi.get_next_epoch_start_block", 1]);
    expect(epoch.decode("0x016400000000000000").value).toBe(100);
  });

  test("lacks what does not exist, which is said instead of guessed", () => {
    const unsupported = expect.objectContaining({ code: "CHAIN_RUNTIME_UNSUPPORTED" });
    expect(() => storageAccess(known(), ["SubtensorModule.NoSuchItem", 1])).toThrow(unsupported);
    expect(() => storageAccess(known(), ["NoSuchPallet.Tempo", 1])).toThrow(unsupported);
    expect(() => apiAccess(known(), ["SubnetInfoRuntimeApi.no_such_method", 1])).toThrow(unsupported);
    expect(() => apiAccess(known(), ["SubnetInfoRuntimeApi.get_selective_metagraph", 1])).toThrow(
      unsupported,
    );
  });
});
