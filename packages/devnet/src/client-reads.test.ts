import type { ApiPromise } from "@polkadot/api";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Devnet, startDevnet } from "./devnet.ts";
import { DEVELOPMENT_ACCOUNTS, developmentGenesis } from "./genesis/development.ts";
import { connect, include, keyOf } from "./testing/client.ts";
import { SERVED_METADATA } from "./testing/served-metadata.ts";

const START_MS = 1_700_000_000_000;
const NETUID = 1;
// A loaded machine is slow to connect and to sign.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const { alice, bob, charlie, dave, eve, ferdie } = DEVELOPMENT_ACCOUNTS;
const hotkeys = [alice, bob, charlie, dave, eve, ferdie].map((pair) => pair.hotkey);

describe.each(SERVED_METADATA)("$title", ({ options: served, isMissing }) => {
  if (isMissing) return test.skip("needs the recording", () => undefined);

  let devnet: Devnet;
  let api: ApiPromise;
  beforeAll(async () => {
    devnet = await startDevnet({
      ...served,
      genesis: { ...developmentGenesis(), startTimeMs: START_MS },
      blockMs: 0,
      port: 0,
    });
    api = await connect(devnet);
  });
  afterAll(async () => {
    await api.disconnect();
    await devnet.close();
  });

  const query = () => api.query.subtensorModule!;

  test("the client reads names, versions and properties as mainnet's, on another genesis", () => {
    expect(api.runtimeVersion.specName.toString()).toBe("node-subtensor");
    expect(api.runtimeVersion.specVersion.toNumber()).toBe(424);
    expect(api.registry.chainSS58).toBe(42);
    expect(api.registry.chainDecimals).toEqual([9]);
    expect(api.genesisHash.toHex()).toBe(devnet.genesisHash);
    expect(devnet.genesisHash).not.toBe("0x2f0555cc76fc2840a25a6ea3b9637146806f1f44b090c175ffde2a7e5ab36c03");
  });

  test("the metadata is decoded: calls, constants, runtime APIs", () => {
    expect(api.runtimeMetadata.version).toBe(16);
    expect(api.tx.subtensorModule!.setWeights!.meta.args.map(({ name }) => name.toString())).toEqual([
      "netuid",
      "dests",
      "weights",
      "versionKey",
    ]);
    expect(api.consts.balances!.existentialDeposit!.toString()).toBe("500");
    expect(Object.keys(api.call.subnetInfoRuntimeApi!)).toContain("getSelectiveMetagraph");
  });

  test("plain, mapped and doubly mapped items are read; absent ones read as their default", async () => {
    expect((await query().taoWeight!()).toString()).toBe("971718665099567868");
    expect((await query().tempo!(NETUID)).toString()).toBe("40");
    expect((await query().tempo!(9)).toString()).toBe("360");
    expect((await query().keys!(NETUID, 1)).toString()).toBe(bob.hotkey);
    expect((await query().uids!(NETUID, eve.hotkey)).toJSON()).toBe(4);
    expect((await query().uids!(NETUID, eve.coldkey)).toJSON()).toBeNull();
    expect((await query().totalHotkeyAlpha!(bob.hotkey, NETUID)).toString()).toBe("3000000000000");
    expect((await query().validatorPermit!(NETUID)).toJSON()).toEqual([
      false,
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  test("entries and keys of a map are listed", async () => {
    const keys = await query().keys!.entries(NETUID);
    expect(keys.map(([key, value]) => [key.args[1]!.toString(), value.toString()])).toEqual(
      hotkeys.map((hotkey, uid) => [`${uid}`, hotkey]),
    );
    const networks = await query().networksAdded!.keys();
    expect(networks.map((key) => key.args[0]!.toString())).toEqual(["1"]);
  });

  test("a long map is listed in pages", async () => {
    const page = await query().keys!.keysPaged({ args: [NETUID], pageSize: 4 });
    const next = await query().keys!.keysPaged({
      args: [NETUID],
      pageSize: 4,
      startKey: page.at(-1)!.toHex(),
    });
    expect([...page, ...next].map((key) => key.args[1]!.toString())).toEqual(["0", "1", "2", "3", "4", "5"]);
  });

  test("queryMulti follows the values of several items", async () => {
    const seen: string[][] = [];
    let notify: () => void = () => undefined;
    const changed = new Promise<void>((resolve) => {
      notify = resolve;
    });
    const stop = await api.queryMulti([api.query.system!.number!, [query().tempo!, NETUID]], (values) => {
      seen.push(values.map((value) => value.toString()));
      if (seen.length === 2) notify();
    });
    const { number } = await devnet.newBlock();
    await changed;
    stop();
    expect(seen).toEqual([
      [`${number - 1}`, "40"],
      [`${number}`, "40"],
    ]);
  });

  test("chain time advances 12 s per block", async () => {
    const before = devnet.head().number;
    await devnet.newBlock(3);
    const now = await api.query.timestamp!.now!();
    expect(Number(now.toString())).toBe(START_MS + (before + 3) * 12_000);
  });

  test("heads and finalised heads are announced, finality one block behind", async () => {
    const heads: number[] = [];
    const finalized: number[] = [];
    let notify: () => void = () => undefined;
    const done = new Promise<void>((resolve) => {
      notify = resolve;
    });
    const start = devnet.head().number;
    const stops = await Promise.all([
      api.rpc.chain.subscribeNewHeads(({ number }) => void heads.push(number.toNumber() - start)),
      api.rpc.chain.subscribeFinalizedHeads(({ number }) => {
        if (finalized.push(number.toNumber() - start) === 3) notify();
      }),
    ]);
    await devnet.newBlock(2);
    await done;
    for (const stop of stops) stop();
    expect(heads).toEqual([0, 1, 2]);
    expect(finalized).toEqual([-1, 0, 1]);
    expect((await api.rpc.chain.getFinalizedHead()).toHex()).toBe(devnet.finalized().hash);
  });

  test("the client computes the same block hash as the node", async () => {
    const { hash } = await devnet.newBlock();
    const header = await api.rpc.chain.getHeader(hash);
    expect(header.hash.toHex()).toBe(hash);
    const { block } = await api.rpc.chain.getBlock(hash);
    expect(block.header.hash.toHex()).toBe(hash);
    expect(block.extrinsics.map(({ method }) => `${method.section}.${method.method}`)).toEqual([
      "timestamp.set",
    ]);
  });

  test("api.at reads every block's own state", async () => {
    const before = devnet.head();
    const keyPair = keyOf("//Bob//hotkey");
    await include(devnet, api.tx.subtensorModule!.setWeights!(NETUID, [4, 5], [1, 3], 0), keyPair);
    const old = await api.at(before.hash);
    const later = await api.at(devnet.head().hash);
    expect((await old.query.subtensorModule!.weights!(NETUID, 1)).toJSON()).toEqual([]);
    expect((await later.query.subtensorModule!.weights!(NETUID, 1)).toJSON()).toEqual([
      [4, 21_845],
      [5, 65_535],
    ]);
    expect((await old.query.system!.number!()).toString()).toBe(`${before.number}`);
    const hash = await api.rpc.chain.getBlockHash(0);
    const genesis = await api.at(hash);
    expect((await genesis.query.timestamp!.now!()).toString()).toBe(`${START_MS}`);
  });

  test("the metagraph comes by runtime API, whole and in a selection, at any block", async () => {
    const subnetInfo = api.call.subnetInfoRuntimeApi!;
    const whole = (await subnetInfo.getMetagraph!(NETUID)).toJSON() as Record<string, unknown>;
    expect(whole).toMatchObject({
      netuid: 1,
      tempo: 40,
      ownerHotkey: alice.hotkey,
      hotkeys,
      numUids: 6,
      trust: [],
    });
    const selection = await subnetInfo.getSelectiveMetagraph!(NETUID, [7, 52, 57, 999]);
    expect(selection.toJSON()).toMatchObject({
      netuid: 1,
      block: devnet.head().number,
      hotkeys,
      coldkeys: null,
    });
    expect((await subnetInfo.getMetagraph!(9)).toJSON()).toBeNull();
    expect((await subnetInfo.getSelectiveMechagraph!(NETUID, 1, [7])).toJSON()).toBeNull();
    const genesis = await api.at(devnet.genesisHash);
    const old = await genesis.call.subnetInfoRuntimeApi!.getSelectiveMetagraph!(NETUID, [7]);
    expect(old.toJSON()).toMatchObject({ block: 0 });
  });

  test("hyperparameters and the next epoch come by runtime API", async () => {
    const subnetInfo = api.call.subnetInfoRuntimeApi!;
    const list = (await subnetInfo.getSubnetHyperparamsV3!(NETUID)).toHuman() as {
      name: string;
      value: unknown;
    }[];
    expect(list).toHaveLength(33);
    expect(list.find(({ name }) => name === "weights_rate_limit")?.value).toEqual({ U64: "10" });
    expect(list.find(({ name }) => name === "commit_reveal_weights_enabled")?.value).toEqual({ Bool: false });
    expect((await subnetInfo.getNextEpochStartBlock!(NETUID)).toJSON()).toBe(40);
    expect((await subnetInfo.getNextEpochStartBlock!(9)).toJSON()).toBeNull();
  });

  test("weights cost nothing, other calls a fee", async () => {
    const bobHotkey = keyOf("//Bob//hotkey");
    const free = await api.tx.subtensorModule!.setWeights!(NETUID, [4], [1], 0).paymentInfo(bobHotkey);
    expect(free.partialFee.toString()).toBe("0");
    const paid = await api.tx.balances!.transferKeepAlive!(bob.coldkey, 1_000).paymentInfo(bobHotkey);
    expect(paid.partialFee.toNumber()).toBeGreaterThan(100_000);
  });

  test("a second client sees the same chain", async () => {
    const other = await connect(devnet);
    expect((await other.rpc.chain.getBlockHash()).toHex()).toBe(devnet.head().hash);
    await other.disconnect();
  });
});
