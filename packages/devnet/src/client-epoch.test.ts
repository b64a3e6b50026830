import { activityCutoffBlocks, type EpochInput, epoch, type SparseRow } from "@assay/core";
import type { ApiPromise } from "@polkadot/api";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Devnet, startDevnet } from "./devnet.ts";
import { developmentGenesis } from "./genesis/development.ts";
import { connect, include, keyOf } from "./testing/client.ts";
import { SERVED_METADATA } from "./testing/served-metadata.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const NETUID = 1;
const TEMPO = 40;

describe.each(SERVED_METADATA)("$title", ({ options: served, isMissing }) => {
  if (isMissing) return test.skip("needs the recording", () => undefined);

  let devnet: Devnet;
  let api: ApiPromise;
  beforeAll(async () => {
    devnet = await startDevnet({ ...served, genesis: developmentGenesis(), blockMs: 0, port: 0 });
    api = await connect(devnet);
  });
  afterAll(async () => {
    await api.disconnect();
    await devnet.close();
  });

  type Storage = (item: string, ...keys: unknown[]) => Promise<unknown>;

  /** Plain values of SubtensorModule after one block. */
  async function storageAt(block: number): Promise<Storage> {
    const at = await api.at(await api.rpc.chain.getBlockHash(block));
    return async (item, ...keys) => (await at.query.subtensorModule![item]!(...keys)).toJSON();
  }

  /** The epoch's input as anyone can read it one block earlier, with `raoEmission` as the package's README says. */
  async function inputBefore(block: number): Promise<EpochInput> {
    const get = await storageAt(block - 1);
    const number = async (item: string, ...keys: unknown[]) => Number(await get(item, ...keys));
    const n = await number("subnetworkN", NETUID);
    const perUid = <T>(of: (uid: number) => Promise<T>) =>
      Promise.all(Array.from({ length: n }, (_, uid) => of(uid)));
    const hotkeys = await perUid(async (uid) => String(await get("keys", NETUID, uid)));
    const owner = await get("uids", NETUID, await get("subnetOwnerHotkey", NETUID));
    const [alphaLow = 0, alphaHigh = 0] = (await get("alphaValues", NETUID)) as number[];
    const tempo = await number("tempo", NETUID);
    const factorMilli = await number("activityCutoffFactorMilli", NETUID);
    const total = await number("subnetAlphaOutEmission", NETUID);
    const cut = Math.floor((total * (await number("subnetOwnerCut"))) / 65_535);
    const pending = await Promise.all(
      ["pendingServerEmission", "pendingValidatorEmission", "pendingRootAlphaDivs"].map((item) =>
        number(item, NETUID),
      ),
    );
    return {
      n,
      block,
      tempo,
      activityCutoffBlocks: activityCutoffBlocks({ factorMilli, tempo }),
      lastEpochRunBlock: await number("lastMechansimStepBlock", NETUID),
      stakeThreshold: BigInt(await number("stakeThreshold")),
      maxAllowedValidators: await number("maxAllowedValidators", NETUID),
      kappa: await number("kappa", NETUID),
      bondsPenalty: await number("bondsPenalty", NETUID),
      bondsMovingAverage: await number("bondsMovingAverage", NETUID),
      liquidAlpha: (await get("liquidAlphaOn", NETUID)) === true,
      alphaLow,
      alphaHigh,
      alphaSigmoidSteepness: await number("alphaSigmoidSteepness", NETUID),
      yuma3: (await get("yuma3On", NETUID)) === true,
      ownerUid: owner === null ? null : Number(owner),
      raoEmission: BigInt(pending.reduce((a, b) => a + b, total - cut)),
      stake: await Promise.all(
        hotkeys.map(async (key) => BigInt(await number("totalHotkeyAlpha", key, NETUID))),
      ),
      lastUpdate: (await get("lastUpdate", NETUID)) as number[],
      blockAtRegistration: await perUid((uid) => number("blockAtRegistration", NETUID, uid)),
      validatorPermit: (await get("validatorPermit", NETUID)) as boolean[],
      weights: await perUid(async (uid) => (await get("weights", NETUID, uid)) as SparseRow),
      bonds: await perUid(async (uid) => (await get("bonds", NETUID, uid)) as SparseRow),
      commitReveal: (await get("commitRevealWeightsEnabled", NETUID)) === true,
      liveCommitBlock: [],
    };
  }

  const weigh = (uri: string, dests: number[], weights: number[]) =>
    include(devnet, api.tx.subtensorModule!.setWeights!(NETUID, dests, weights, 0), keyOf(uri));

  test("epochs store what core computes from storage read one block earlier", async () => {
    await weigh("//Bob//hotkey", [4, 5], [3, 1]);
    await weigh("//Charlie//hotkey", [4, 5], [1, 2]);
    for (const block of [TEMPO, 2 * TEMPO]) {
      await devnet.newBlock(block - devnet.head().number);
      const expected = epoch(await inputBefore(block));
      const get = await storageAt(block);
      expect(await get("incentive", NETUID)).toEqual(expected.incentive);
      expect(await get("dividends", NETUID)).toEqual(expected.dividends);
      expect(await get("consensus", NETUID)).toEqual(expected.consensus);
      expect(await get("validatorTrust", NETUID)).toEqual(expected.validatorTrust);
      expect(await get("bonds", NETUID, 1)).toEqual(expected.bonds[1]);
      expect((await get("emission", NETUID)) as number[]).toEqual(expected.emission.map(Number));
      expect(expected.incentive.some((value) => value > 0)).toBe(true);
      await weigh("//Dave//hotkey", [0, 5], [1, 5]);
    }
  });
});
