import { latestRound, sealWeights } from "@assay/timelock";
import type { ApiPromise } from "@polkadot/api";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Devnet, startDevnet } from "./devnet.ts";
import { addressOf } from "./scale/ss58.ts";
import { connect, failureOf, include, keyOf } from "./testing/client.ts";
import { committingGenesis } from "./testing/fixture.ts";
import { SERVED_METADATA } from "./testing/served-metadata.ts";

const NETUID = 1;
const BOB_UID = 1;
// A loaded machine is slow to connect and to sign.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const bob = keyOf("//Bob//hotkey");

describe.each(SERVED_METADATA)("$title", ({ options: served, isMissing }) => {
  if (isMissing) return test.skip("needs the recording", () => undefined);

  let devnet: Devnet;
  let api: ApiPromise;
  beforeEach(async () => {
    devnet = await startDevnet({ ...served, genesis: committingGenesis(), blockMs: 0, port: 0 });
    api = await connect(devnet);
  });
  afterEach(async () => {
    await api.disconnect();
    await devnet.close();
  });

  const calls = () => api.tx.subtensorModule!;
  const weights = async () => (await api.query.subtensorModule!.weights!(NETUID, BOB_UID)).toJSON();

  /** The beacon as a client reads it off the chain. */
  async function beacon() {
    const raw = await api.query.drand!.beaconConfig!();
    const config = raw.toJSON() as Record<string, never> & { metadata: Record<string, never> };
    const text = (hex: string) => Buffer.from(hex.slice(2), "hex").toString();
    return {
      id: text(config.metadata.beaconId!),
      scheme: text(config.schemeId!),
      publicKey: config.publicKey!,
      genesisTime: Number(config.genesisTime),
      periodSeconds: Number(config.period),
      groupHash: config.groupHash!,
      chainHash: config.hash!,
    };
  }

  test("what a client seals for the chain's beacon the chain opens one epoch later", async () => {
    const on = await beacon();
    const now = Number((await api.query.timestamp!.now!()).toString());
    const round = latestRound(on, now + 38 * 12_000);
    const payload = { hotkey: bob.publicKey, uids: [4, 5], values: [1, 1], versionKey: 0n };
    const { commit, revealRound, hash } = sealWeights(payload, { beacon: on, round });
    const bytes = `0x${Buffer.from(commit).toString("hex")}`;
    const tx = calls().commitTimelockedMechanismWeights!(NETUID, 0, bytes, revealRound, 4);
    const committed = await include(devnet, tx, bob);
    expect(failureOf(committed)).toBeUndefined();
    const event = committed.events.find(({ event }) => event.method === "TimelockedWeightsCommitted");
    expect(event?.event.data.toJSON()).toEqual([bob.address, NETUID, hash, revealRound]);
    await devnet.newBlock(39 - devnet.head().number);
    expect(await weights()).toEqual([]);
    const { hash: at } = await devnet.newBlock();
    expect(await weights()).toEqual([
      [4, 65_535],
      [5, 65_535],
    ]);
    const events = (await (
      await api.at(at)
    ).query.system!.events!()) as unknown as {
      phase: { type: string };
      event: { method: string; data: { toJSON(): unknown } };
    }[];
    const revealed = [...events].find(({ event }) => event.method === "TimelockedWeightsRevealed");
    expect(revealed?.phase.type).toBe("Initialization");
    expect(revealed?.event.data.toJSON()).toEqual([
      NETUID,
      addressOf(`0x${Buffer.from(bob.publicKey).toString("hex")}`),
    ]);
  });

  test("a commit for a round that is out is refused by number, and one too long does not decode", async () => {
    await devnet.newBlock();
    const outdated = calls().commitTimelockedWeights!(NETUID, "0x00", 1, 4).signAndSend(bob);
    await expect(outdated).rejects.toThrow("1010: Invalid Transaction: Custom error: 15");
    const long = calls().commitTimelockedWeights!(NETUID, `0x${"00".repeat(5_001)}`, 10 ** 9, 4);
    await expect(long.signAndSend(bob)).rejects.toThrow("1002: Verification Error");
  });
});
