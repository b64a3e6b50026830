import { u8aToHex } from "@polkadot/util";
import { afterAll, expect, test } from "vitest";
import { startLocal } from "../testing/local-chain.ts";
import { openNode } from "../testing/node.ts";
import { asOlder } from "../testing/older-metadata.ts";
import { weightsCall } from "../write/weights-call.ts";
import { apiAccess } from "./api.ts";
import { fetchMetadata } from "./metadata.ts";
import { decodeRuntime, type Runtime } from "./runtime.ts";
import { storageAccess } from "./storage.ts";

const devnet = await startLocal();
const node = openNode(devnet.url);
const newest = await fetchMetadata(node.link, devnet.genesisHash);
await node.link.close();
afterAll(() => devnet.close());

const VERSION = { specVersion: 424, transactionVersion: 1 };
const reference = decodeRuntime(VERSION, newest);
const request = { netuid: 2, mechid: 1, row: [[4, 65_535]] as const, versionKey: 7n };

function keysOf(runtime: Runtime): string[] {
  return [
    storageAccess(runtime, ["SubtensorModule.Weights", 2, 4]).key,
    storageAccess(runtime, ["SubtensorModule.TimelockedWeightCommits", 2, 9]).key,
    storageAccess(runtime, ["SubtensorModule.RevealPeriodEpochs", 2]).key,
  ];
}

test.each([14, 15] as const)(
  "metadata %i gives the same shapes, keys, calls and extensions as 16",
  (version) => {
    const runtime = decodeRuntime(VERSION, asOlder(newest, version));
    expect(runtime.changes).toEqual([]);
    expect(keysOf(runtime)).toEqual(keysOf(reference));
    expect(weightsCall(runtime, request).toHex()).toBe(weightsCall(reference, request).toHex());
    expect(runtime.registry.signedExtensions).toEqual(reference.registry.signedExtensions);
    const decode = (from: Runtime) =>
      storageAccess(from, ["SubtensorModule.Kappa", 2]).decode("0x3412").value;
    expect([decode(runtime), decode(reference)]).toEqual([0x1234, 0x1234]);
  },
);

test("metadata 15 declares runtime APIs, and 14 without them is refused by name", () => {
  const call = ["SubnetInfoRuntimeApi.get_next_epoch_start_block", 2] as const;
  expect(apiAccess(decodeRuntime(VERSION, asOlder(newest, 15)), call).input).toBe(
    u8aToHex(Uint8Array.of(2, 0)),
  );
  expect(() => apiAccess(decodeRuntime(VERSION, asOlder(newest, 14)), call)).toThrow(
    expect.objectContaining({ code: "CHAIN_RUNTIME_UNSUPPORTED" }),
  );
});
