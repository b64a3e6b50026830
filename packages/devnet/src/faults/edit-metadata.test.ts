import { expect, test } from "vitest";
import { ownRuntime } from "../runtime/served.ts";
import { bytesToHex } from "../scale/hex.ts";
import { surfaceOf } from "../testing/surface.ts";
import { upgraded } from "./edit-metadata.ts";
import type { Upgrade } from "./fault.ts";

const own = ownRuntime();
const after = (upgrade: Upgrade) => surfaceOf(upgraded(own, upgrade).metadata);

test("an upgrade raises the spec version everywhere and leaves the rest", () => {
  const { version, metadata, metadataVersion } = upgraded(own, {});
  expect(version).toEqual({ ...own.version, spec_version: own.version.spec_version + 1 });
  expect(metadataVersion).toBe(16);
  const { System, ...others } = surfaceOf(metadata).pallets;
  const { System: before, ...same } = surfaceOf(own.metadata).pallets;
  expect(others).toEqual(same);
  expect(System?.constants.Version).not.toBe(before?.constants.Version);
});

test("versions may be named", () => {
  expect(upgraded(own, { specVersion: 475, transactionVersion: 2 }).version).toMatchObject({
    spec_version: 475,
    transaction_version: 2,
  });
});

test("calls, storage, events, errors and API methods go or get other names", () => {
  const { pallets, apis } = after({
    remove: ["SubtensorModule.set_weights", "SubtensorModule.Weights", "SubnetInfoRuntimeApi.get_metagraph"],
    rename: {
      "SubtensorModule.WeightsSet": "RowSet",
      "SubtensorModule.SettingWeightsTooFast": "TooFast",
      "SubtensorModule.add_stake.amount_staked": "amount",
    },
  });
  const { calls, storage, events, errors } = pallets.SubtensorModule!;
  expect(calls.set_weights).toBeUndefined();
  expect(storage.Weights).toBeUndefined();
  expect(apis.SubnetInfoRuntimeApi?.methods.get_metagraph).toBeUndefined();
  expect([events.WeightsSet, events.RowSet]).toEqual([undefined, "5(u16, u16)"]);
  expect([errors.SettingWeightsTooFast, errors.TooFast]).toEqual([undefined, "29()"]);
  expect(calls.add_stake).toContain("amount: u64");
});

test("a whole metadata may be given, and edited too", () => {
  const given = upgraded(own, { remove: ["SubtensorModule.set_weights"], specVersion: 500 });
  const { version, metadata } = upgraded(own, { metadata: bytesToHex(given.metadata) });
  expect(version.spec_version).toBe(425);
  expect(surfaceOf(metadata).pallets.SubtensorModule?.calls.set_weights).toBeUndefined();
});

test.each([
  [{ remove: ["SubtensorModule.nothing"] }, "DEVNET_FAULT_IMPOSSIBLE"],
  [{ remove: ["Nobody.set_weights"] }, "DEVNET_FAULT_IMPOSSIBLE"],
  [{ rename: { "SubtensorModule.add_stake.nothing": "x" } }, "DEVNET_FAULT_IMPOSSIBLE"],
  [{ metadata: "0x0102" }, "DEVNET_METADATA_INVALID"],
])("%j cannot be", (upgrade, code) => {
  expect(() => upgraded(own, upgrade)).toThrow(expect.objectContaining({ code }));
});
