import { beforeEach, expect, test } from "vitest";
import { DEVELOPMENT_ACCOUNTS, developmentGenesis } from "../genesis/development.ts";
import { Node } from "../node.ts";
import { drand, subtensor, timestamp } from "../runtime/runtime.ts";
import { accountFromAddress } from "../scale/ss58.ts";
import { keyOf, read } from "../state/access.ts";
import { readSchedule } from "../subtensor/schedule.ts";
import { applyFault } from "./apply-fault.ts";

const clock = { now: () => 1_700_000_000_000 };

let node: Node;
beforeEach(() => {
  node = new Node(developmentGenesis(), clock);
  for (let block = 0; block < 5; block += 1) node.produce();
});

test("a reorg replaces the last blocks by one more of others", () => {
  const before = [3, 4, 5].map((number) => node.chain.byNumber(number)?.hash);
  const heads: [number, string][] = [];
  node.chain.onHead(({ number, hash }) => heads.push([number, hash]));
  applyFault(node, { kind: "reorg", depth: 2 });
  const after = [3, 4, 5].map((number) => node.chain.byNumber(number)?.hash);
  expect(after[0]).toBe(before[0]);
  expect(after[1]).not.toBe(before[1]);
  expect(after[2]).not.toBe(before[2]);
  expect(heads.map(([number]) => number)).toEqual([4, 5, 6]);
  expect(node.chain.head.header.parent_hash).toBe(after[2]);
  expect(node.chain.byHash(before[2] ?? "")).toBeUndefined();
});

test("two reorgs of the same block yield three different blocks", () => {
  const hashes = new Set([node.chain.head.hash]);
  for (let i = 0; i < 2; i += 1) {
    node.rewind(1, { drop: false });
    hashes.add(node.produce().hash);
  }
  expect(hashes.size).toBe(3);
});

test("the state goes back with the blocks, and whoever watches a key is told", () => {
  const item = subtensor.storage.PendingOwnerCut;
  const at3 = read(node.chain.state(node.chain.byNumber(3)), item, 1);
  node.rewind(2, { drop: false });
  expect(read(node.chain.state(), item, 1)).toBe(at3);
  expect(node.produce().changed.has(keyOf(timestamp.storage.Now, []))).toBe(true);
});

test("a reorg deeper than the chain is refused", () => {
  for (const depth of [0, 6]) {
    expect(() => applyFault(node, { kind: "reorg", depth })).toThrow(
      expect.objectContaining({ code: "DEVNET_FAULT_IMPOSSIBLE" }),
    );
  }
  applyFault(node, { kind: "reorg", depth: 5 });
  expect(node.chain.head.number).toBe(6);
});

test("finality lags as asked and is told once per block", () => {
  const told: number[] = [];
  node.chain.onFinalized(({ number }) => told.push(number));
  applyFault(node, { kind: "finality", lag: 3 });
  expect(node.chain.finalized.number).toBe(2);
  node.produce();
  expect(told).toEqual([]);
  applyFault(node, { kind: "finality", lag: 0 });
  node.produce();
  expect(told).toEqual([5, 6, 7]);
  applyFault(node, { kind: "reorg", depth: 1 });
  expect(told).toEqual([5, 6, 7, 7, 8]);
  applyFault(node, { kind: "clear" });
  expect(node.chain.finalized.number).toBe(7);
});

test("a stall lasts until it is cleared", () => {
  applyFault(node, { kind: "stall" });
  expect(node.produce().number).toBe(5);
  applyFault(node, { kind: "clear" });
  expect(node.produce().number).toBe(6);
});

test("rules change in the head's state and go with its block", () => {
  const { storage } = subtensor;
  const limit = () => read(node.chain.state(), storage.WeightsSetRateLimit, 1);
  const before = limit();
  applyFault(node, { kind: "rules", netuid: 1, weightsRateLimit: 7, commitReveal: true });
  expect([limit(), read(node.chain.state(), storage.CommitRevealWeightsEnabled, 1)]).toEqual([7n, true]);
  node.produce();
  expect(limit()).toBe(7n);
  applyFault(node, { kind: "reorg", depth: 2 });
  expect(limit()).toBe(before);
});

test("a hotkey takes over a uid once, and the one before it has none", () => {
  const { storage } = subtensor;
  const { ferdie, bob } = DEVELOPMENT_ACCOUNTS;
  const stranger = bob.coldkey;
  const uidOf = (address: string) =>
    read(node.chain.state(), storage.Uids, 1, accountFromAddress(address) ?? "");
  const uid = uidOf(ferdie.hotkey) ?? 0;
  const take = { kind: "replace", netuid: 1, uid, hotkey: stranger } as const;
  applyFault(node, take);
  expect([uidOf(stranger), uidOf(ferdie.hotkey)]).toEqual([uid, undefined]);
  expect(read(node.chain.state(), storage.BlockAtRegistration, 1, uid)).toBe(5n);
  for (const wrong of [take, { ...take, uid: 99 }, { ...take, hotkey: "nobody" }])
    expect(() => applyFault(node, wrong)).toThrow(
      expect.objectContaining({ code: "DEVNET_FAULT_IMPOSSIBLE" }),
    );
});

test("a schedule and an owner change as the owner's own calls would change them", () => {
  const { storage } = subtensor;
  const owner = DEVELOPMENT_ACCOUNTS.ferdie.hotkey;
  applyFault(node, { kind: "rules", netuid: 1, tempo: 50, epochAt: 30, ownerHotkey: owner });
  const state = node.chain.state();
  expect(readSchedule(state, 1)).toMatchObject({ tempo: 50, lastEpochBlock: 5, pendingEpochAt: 30 });
  expect(read(state, storage.SubnetOwnerHotkey, 1)).toBe(accountFromAddress(owner));
  const nobody = { kind: "rules", netuid: 1, ownerHotkey: "nobody" } as const;
  expect(() => applyFault(node, nobody)).toThrow(
    expect.objectContaining({ code: "DEVNET_FAULT_IMPOSSIBLE" }),
  );
});

test("a permit is taken and given, and nobody has one under a uid that does not exist", () => {
  const permits = () => read(node.chain.state(), subtensor.storage.ValidatorPermit, 1);
  const uid = permits().indexOf(true);
  applyFault(node, { kind: "permit", netuid: 1, uid, isHeld: false });
  expect(permits()[uid]).toBe(false);
  applyFault(node, { kind: "permit", netuid: 1, uid, isHeld: true });
  expect(permits()[uid]).toBe(true);
  const none = { kind: "permit", netuid: 1, uid: 99, isHeld: true } as const;
  expect(() => applyFault(node, none)).toThrow(expect.objectContaining({ code: "DEVNET_FAULT_IMPOSSIBLE" }));
});

test("a silent beacon stores no round, and goes on when it is cleared", () => {
  const last = () => read(node.chain.state(), drand.storage.LastStoredRound);
  const before = last();
  applyFault(node, { kind: "beacon" });
  node.produce();
  node.produce();
  expect(last()).toBe(before);
  applyFault(node, { kind: "clear" });
  node.produce();
  expect(last()).toBe(before + 12n);
});

test("answers are lost or late as often as asked, for the method asked", () => {
  applyFault(node, { kind: "drop", method: "state_call", times: 2 });
  applyFault(node, { kind: "delay", method: "*", ms: 70 });
  const fate = (...methods: string[]) => node.faults.takeAnswer(methods);
  expect(fate("chain_getHeader")).toBe(70);
  expect(fate("chain_getHeader")).toBe(0);
  expect([fate("state_call"), fate("x", "state_call"), fate("state_call")]).toEqual(["lost", "lost", 0]);
});

test("clearing takes back what waits for its occasion", () => {
  applyFault(node, { kind: "drop", method: "*", times: 9 });
  applyFault(node, { kind: "pool", rpcCode: 1010, data: "Custom error: 6", times: 9 });
  applyFault(node, { kind: "clear" });
  expect(node.faults.takeAnswer(["x"])).toBe(0);
  expect(node.faults.takeRefusal()).toBeUndefined();
});
