import { afterAll, expect, test } from "vitest";
import { connectLocal, hotkeyOf, NAMES, NETUID, startLocal } from "../testing/local-chain.ts";
import { amend, openNode } from "../testing/node.ts";
import { requestOf, setOn } from "../testing/set-weights.ts";
import { ipText } from "./axons.ts";
import { metagraphColumns, neuronOf } from "./columns.ts";

const devnet = await startLocal({ weightsRateLimit: 0 });
const local = { devnet, ...(await connectLocal(devnet.url)) };
const { chain } = local;
const [alice, eve] = [(await hotkeyOf("Alice")).address, (await hotkeyOf("Eve")).address];
afterAll(async () => {
  await chain.close();
  await devnet.close();
});

/** Writes into the newest state and finalises it. */
async function put(item: Parameters<typeof amend>[1]["item"], value: unknown): Promise<void> {
  await amend(devnet.url, { item, type: await typeOf(item[0]), value });
  await devnet.newBlock();
}

/** The name of a storage item's type, as its own metadata has it. */
async function typeOf(name: string): Promise<string> {
  const [pallet, entry] = name.split(".");
  const node = openNode(devnet.url);
  const { metadata, registry } = await node.runtimes.at(devnet.genesisHash);
  const storage = metadata.pallets
    .find((candidate) => candidate.name.toString() === pallet)
    ?.storage.unwrap();
  const found = storage?.items.find((item) => item.name.toString() === entry);
  await node.link.close();
  if (found === undefined) throw new Error(`no storage ${name}`);
  return registry.createLookupType(found.type.asMap.value);
}

test("axons are those of the neurons that serve one", async () => {
  expect(await chain.axons(NETUID)).toEqual([]);
  const rest = { protocol: 4, placeholder1: 0, placeholder2: 0 };
  const axon = { block: 7, version: 12, ip: 0x01020304n, port: 8_091, ipType: 4, ...rest };
  await put(["SubtensorModule.Axons", NETUID, eve], axon);
  expect(await chain.axons(NETUID)).toEqual([
    { uid: 5, hotkey: eve, ip: "1.2.3.4", port: 8_091, protocol: 4, version: 12, block: 7 },
  ]);
});

test.each([
  [0xffff_fffen, 4, "255.255.255.254"],
  [1n, 4, "0.0.0.1"],
  [0x2001_0db8_0000_0000_0000_0000_0000_0001n, 6, "2001:db8:0:0:0:0:0:1"],
])("%i of type %i is %s", (ip, type, text) => {
  expect(ipText(ip, type)).toBe(text);
});

test("commitments show each field for what it is", async () => {
  expect(await chain.commitments(NETUID)).toEqual([]);
  const fields = [{ Raw3: "0x616263" }, { Sha256: `0x${"ab".repeat(32)}` }];
  await put(["Commitments.CommitmentOf", NETUID, alice], { deposit: 0, block: 9, info: { fields } });
  expect(await chain.commitments(NETUID)).toEqual([
    {
      uid: 1,
      hotkey: alice,
      block: 9,
      fields: [
        { kind: "raw", bytes: "0x616263" },
        { kind: "hash", algorithm: "sha256", hash: `0x${"ab".repeat(32)}` },
      ],
    },
  ]);
  const sealed = [{ TimelockEncrypted: { encrypted: "0x0102", revealRound: 33 } }, "None"];
  await put(["Commitments.CommitmentOf", NETUID, alice], { deposit: 0, block: 10, info: { fields: sealed } });
  expect((await chain.commitments(NETUID))[0]?.fields).toEqual([
    { kind: "timelocked", bytes: "0x0102", revealRound: 33 },
    { kind: "other", name: "none" },
  ]);
});

test("hyperparameters have the runtime's names and kinds", async () => {
  const { values, at } = await chain.hyperparameters(NETUID);
  expect(at.block).toBe(devnet.finalized().number);
  expect(values).toMatchObject({
    kappa: 32_767n,
    tempo: 20n,
    weights_version: 7n,
    commit_reveal_weights_enabled: false,
    alpha_sigmoid_steepness: { bits: 4_294_967_296_000n, fractionBits: 32 },
  });
  const rules = await chain.weightRules(NETUID);
  expect(values["weights_rate_limit"]).toBe(BigInt(rules.weightsRateLimit));
});

test("bonds are there after an epoch with weights", async () => {
  expect(await setOn(local, await requestOf("Alice"))).toMatchObject({ kind: "set" });
  await devnet.newBlock(25);
  const bonds = await chain.bonds(NETUID);
  expect(bonds).toHaveLength(NAMES.length);
  expect(bonds[1]?.map(([uid]) => uid)).toContain(4);
  expect(bonds[5]).toEqual([]);
});

test("a metagraph's columns are its neurons', and a neuron is found by its hotkey", async () => {
  const metagraph = await chain.metagraph(NETUID);
  const columns = metagraphColumns(metagraph);
  expect(columns.hotkeys[5]).toBe(eve);
  for (const [uid, neuron] of metagraph.neurons.entries())
    expect([columns.stake[uid], columns.consensus[uid], columns.incentive[uid]]).toEqual([
      neuron.stakeWeight,
      neuron.consensus,
      neuron.incentive,
    ]);
  expect(columns.incentive[4]).toBeGreaterThan(0);
  expect(columns.validatorTrust[1]).toBeGreaterThan(0);
  expect(columns.dividends[1]).toBeGreaterThan(0);
  expect(neuronOf(metagraph, alice)?.uid).toBe(1);
  expect(neuronOf(metagraph, "5Nobody")).toBeUndefined();
});

test("a subnet that does not exist has none of it", async () => {
  const unknown = { code: "CHAIN_SUBNET_UNKNOWN" };
  await expect(chain.axons(9)).rejects.toMatchObject(unknown);
  await expect(chain.commitments(9)).rejects.toMatchObject(unknown);
  await expect(chain.hyperparameters(9)).rejects.toMatchObject(unknown);
  await expect(chain.bonds(9)).rejects.toMatchObject(unknown);
});
