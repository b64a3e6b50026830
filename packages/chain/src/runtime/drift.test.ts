import { type Proxy, startProxy } from "@assay/fault-proxy";
import { afterAll, expect, test } from "vitest";
import { connectChain } from "../connect.ts";
import { renamed, restored, retyped } from "../testing/changed-metadata.ts";
import { hotkeyOf, journal, localGenesis, NETUID, startLocal } from "../testing/local-chain.ts";
import { openNode } from "../testing/node.ts";
import { requestOf } from "../testing/set-weights.ts";
import type { Chain } from "../types.ts";
import { shapeOf } from "./shape.ts";

const devnet = await startLocal();
const proxy = await startProxy(devnet.url);
afterAll(async () => {
  await proxy.close();
  await devnet.close();
});

type Rewrite = Proxy["rewrite"];

/** A chain whose node declares something else. */
async function onChanged(
  rewrite: Rewrite,
  play: (chain: Chain, log: ReturnType<typeof journal>) => Promise<void>,
) {
  proxy.rewrite = rewrite;
  const log = journal();
  const chain = await connectChain({ url: proxy.url, deadlineMs: 120_000, log });
  try {
    await play(chain, log);
  } finally {
    await chain.close();
    proxy.rewrite = (_method, result) => result;
  }
}

const inMetadata =
  (change: (metadata: unknown) => unknown): Rewrite =>
  (method, result) =>
    method === "state_call" ? change(result) : result;

test("the runtime this version was made for has changed nothing", () =>
  onChanged(
    (_method, result) => result,
    async (chain) => {
      expect(await chain.runtimeReport()).toEqual({ specVersion: 424, isKnown: true, changes: [] });
    },
  ));

test("an unknown version with the same shapes is warned about and used", async () => {
  const log = journal();
  const warned = log.next("this runtime is unknown, but nothing in use changed");
  proxy.rewrite = (method, result) =>
    method === "state_getRuntimeVersion" ? { ...Object(result), specVersion: 477 } : result;
  const chain = await connectChain({ url: proxy.url, deadlineMs: 120_000, log });
  expect(await warned).toEqual({ specVersion: 477 });
  expect(await chain.runtimeReport()).toEqual({ specVersion: 477, isKnown: false, changes: [] });
  expect((await chain.signSetWeights(await requestOf("Alice"))).hex).toMatch(/^0x/);
  await chain.close();
  proxy.rewrite = (_method, result) => result;
});

test.each([
  ["a call that is gone", "set_weights", "set_weightz", "call SubtensorModule.set_weights"],
  ["an argument of another name", "dests", "costs", "call SubtensorModule.set_weights"],
  [
    "an error of another name",
    "SettingWeightsTooFast",
    "SettingWeightsTooSlow",
    "error SubtensorModule.SettingWeightsTooFast",
  ],
])("%s holds what would be signed, and reading goes on", (_what, from, to, item) =>
  onChanged(
    inMetadata((metadata) => renamed(metadata, from, to)),
    async (chain) => {
      expect((await chain.metagraph(NETUID)).neurons).toHaveLength(6);
      expect((await chain.runtimeReport()).changes.map((change) => change.item)).toContain(item);
      await expect(chain.signSetWeights(await requestOf("Alice"))).rejects.toMatchObject({
        code: "CHAIN_RUNTIME_CHANGED",
        retryable: false,
        facts: { specVersion: 424, changes: expect.arrayContaining([expect.objectContaining({ item })]) },
      });
    },
  ),
);

test("an argument of another type holds instead of being encoded wrongly", async () => {
  const ids = await typeIds(["u64", "u32"]);
  await onChanged(
    inMetadata((metadata) => retyped(metadata, "version_key", [ids.u64, ids.u32])),
    async (chain) => {
      await expect(chain.signSetWeights(await requestOf("Alice"))).rejects.toThrow(/version_key:u32/);
    },
  );
});

test("an extension that adds bytes nobody knows of holds what would be signed", () =>
  onChanged(
    inMetadata((metadata) => renamed(metadata, "CheckNonce", "CheckSense")),
    async (chain) => {
      await expect(chain.signSetWeights(await requestOf("Alice"))).rejects.toMatchObject({
        facts: {
          changes: [{ item: "extension CheckSense", expected: "no bytes", found: "Compact<u32> + ()" }],
        },
      });
    },
  ));

test("an unknown extension without bytes changes nothing", () =>
  onChanged(
    inMetadata((metadata) => renamed(metadata, "DrandPriority", "OtherPriority")),
    async (chain) => {
      expect((await chain.runtimeReport()).changes).toEqual([]);
      const signed = await chain.signSetWeights(await requestOf("Alice"));
      expect(signed.request.signer.address).toBe((await hotkeyOf("Alice")).address);
    },
  ));

test("storage that is gone is not read as its default", () =>
  onChanged(
    inMetadata((metadata) => renamed(metadata, "Kappa", "Cappa")),
    async (chain) => {
      await expect(chain.weightRules(NETUID)).rejects.toMatchObject({
        code: "CHAIN_RUNTIME_CHANGED",
        facts: { changes: [{ item: "storage SubtensorModule.Kappa", found: "absent" }] },
      });
      expect((await chain.epochState(NETUID)).tempo).toBe((await localGenesis()).subnets[0]?.tempo);
    },
  ));

test("storage of another type is not read as if it had the old one", async () => {
  const ids = await typeIds(["u64", "u32"]);
  await onChanged(
    inMetadata((metadata) => restored(metadata, "StakeThreshold", [ids.u64, ids.u32])),
    async (chain) => {
      const item = "storage SubtensorModule.StakeThreshold";
      const changes = [expect.objectContaining({ item, found: expect.stringContaining("u32") })];
      await expect(chain.weightRules(NETUID)).rejects.toMatchObject({
        code: "CHAIN_RUNTIME_CHANGED",
        facts: { changes },
      });
      expect((await chain.metagraph(NETUID)).neurons).toHaveLength(6);
    },
  );
});

/** Where two primitive types stand in the devnet's list of types. */
async function typeIds(names: readonly ["u64", "u32"]): Promise<{ u64: number; u32: number }> {
  const node = openNode(devnet.url);
  const { registry } = await node.runtimes.at(devnet.genesisHash);
  const [u64, u32] = names.map((name) => {
    const found = registry.lookup.types.find(
      ({ id, type }) =>
        type.def.isPrimitive && shapeOf(registry.lookup, registry.createType("SiLookupTypeId", id)) === name,
    );
    return found?.id.toNumber() ?? -1;
  });
  await node.link.close();
  return { u64: u64 ?? -1, u32: u32 ?? -1 };
}
