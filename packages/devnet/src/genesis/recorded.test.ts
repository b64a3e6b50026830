import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Node } from "../node.ts";
import { subtensor } from "../runtime/runtime.ts";
import { read } from "../state/access.ts";
import { DEVELOPMENT_ACCOUNTS, developmentGenesis } from "./development.ts";
import { recordedSubnet } from "./recorded.ts";

const { storage } = subtensor;
const { alice, bob, eve } = DEVELOPMENT_ACCOUNTS;
const small = {
  netuid: 15,
  hotkeys: [bob.hotkey, eve.hotkey],
  stake: [2.5, 0],
  weights_u16: { 0: [[1, 65_535]] },
};
const file = join(process.env.ASSAY_RECORDED_DATA ?? "", "metagraph-sn15-block4769998.json");
const clock = { now: () => 1_700_000_000_000 };

test("uids, stake, weights and permits come over; uid 0 is Alice's", () => {
  expect(recordedSubnet(small)).toEqual({
    netuid: 15,
    tempo: 360,
    weightsRateLimit: 100,
    owner: { hotkey: bob.hotkey, coldkey: alice.coldkey },
    neurons: [
      {
        hotkey: bob.hotkey,
        coldkey: alice.coldkey,
        stakeRao: 2_500_000_000n,
        validatorPermit: true,
        weights: [[1, 65_535]],
      },
      { hotkey: eve.hotkey, coldkey: eve.hotkey, stakeRao: 0n },
    ],
  });
});

test.each([
  ["stake of another length", { ...small, stake: [1] }, "stake"],
  ["negative stake", { ...small, stake: [1, -1] }, "stake[1]"],
  ["a weight that is no pair", { ...small, weights_u16: { 0: [[1]] } }, "weights_u16.0[0]"],
  ["nobody", { ...small, hotkeys: [], stake: [] }, "hotkeys"],
])("%s is refused with its place", (_, json, path) => {
  expect(() => recordedSubnet(json)).toThrow(
    expect.objectContaining({ code: "DEVNET_GENESIS_INVALID", facts: expect.objectContaining({ path }) }),
  );
});

test.skipIf(!existsSync(file))(
  "mainnet's subnet 15 loads and its weights decide the first epoch (needs ASSAY_RECORDED_DATA)",
  () => {
    const subnet = recordedSubnet(JSON.parse(readFileSync(file, "utf8")));
    const genesis = developmentGenesis();
    const node = new Node({ ...genesis, subnets: [...genesis.subnets, { ...subnet, tempo: 20 }] }, clock);
    expect(read(node.chain.state(), storage.SubnetworkN, 15)).toBe(256);
    for (let block = 0; block < 20; block += 1) node.produce();
    const incentive = read(node.chain.state(), storage.Incentive, 15);
    expect(read(node.chain.state(), storage.SubnetEpochIndex, 15)).toBe(1n);
    expect(incentive.filter((share) => share > 0).length).toBeGreaterThan(20);
    expect(incentive.reduce((a, b) => a + b, 0)).toBeGreaterThan(65_000);
  },
);
