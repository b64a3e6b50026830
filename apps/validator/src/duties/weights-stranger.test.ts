import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ChainError } from "@assay/chain";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LOG } from "../log-messages.ts";
import { findLastConfirmed } from "../store/intents.ts";
import { leaveOrder } from "../store/orders.ts";
import { winner } from "../testing/authority.ts";
import {
  effectiveSets,
  NETUID,
  type Overrides,
  skipTo,
  startLife,
  startSubnet,
  TEMPO,
  type TestSubnet,
} from "../testing/subnet.ts";

let subnet: TestSubnet;
let elsewhere: string;

beforeEach(() => {
  elsewhere = mkdtempSync(join(tmpdir(), "assay-elsewhere-"));
});

afterEach(async () => {
  await subnet.close();
  rmSync(elsewhere, { recursive: true });
});

async function startAt(where: string, limits: TestSubnet["limits"] = {}) {
  const life = await startLife({ ...subnet, folder: where, limits });
  life.inbox.put(await subnet.authority.sign({ vector: winner(subnet.first.hotkey) }));
  return life;
}

/** Hands a node signed bytes, as other nodes do. */
async function spread(url: string, hex: string): Promise<void> {
  const socket = new WebSocket(url);
  await once(socket, "open");
  const answer = once(socket, "message");
  socket.send(JSON.stringify({ jsonrpc: "2.0", id: 1, method: "author_submitExtrinsic", params: [hex] }));
  const [event] = (await answer) as [MessageEvent];
  expect(JSON.parse(String(event.data))).toHaveProperty("result");
  socket.close();
}

const epochs = async () => (await effectiveSets(subnet)).map(({ epoch }) => epoch);

test("weights that somebody else set with our hotkey hold ours until the operator resumes", async () => {
  subnet = await startSubnet();
  const ours = await startAt(subnet.folder);
  await ours.stepTo(5);
  const other = await startAt(elsewhere);
  await other.stepTo(39);
  await other.stop();
  expect(await epochs()).toEqual([0]);
  await ours.stepTo(80);
  expect(await epochs()).toEqual([0]);
  expect(ours.told(LOG.strangerSeen)).toMatchObject([{ level: 50, code: "VALIDATOR_STRANGER" }]);
  expect(ours.told(LOG.weightsHeld)[0]).toMatchObject({ code: "VALIDATOR_STRANGER" });
  await ours.stop();
  const again = await startLife(subnet);
  await again.stepTo(90);
  leaveOrder(subnet.folder, { kind: "resume" });
  await again.stepTo(125);
  expect(again.told(LOG.orderTaken)).toHaveLength(1);
  expect(await epochs()).toEqual([0, 2]);
  await again.stop();
});

test("a commit of somebody else's holds ours", async () => {
  subnet = await startSubnet({ commitRevealWeightsEnabled: true });
  const ours = await startAt(subnet.folder);
  await ours.stepTo(5);
  const other = await startAt(elsewhere);
  await other.stepTo(39);
  await other.stop();
  await ours.stepTo(80);
  expect(subnet.devnet.extrinsics).toHaveLength(1);
  expect(ours.told(LOG.strangerSeen)[0]?.["error"]).toMatch(/commit 0x[0-9a-f]+ of block/);
  await ours.stop();
});

test("a new journal of a hotkey that is at work elsewhere watches, sees it, and never sends", async () => {
  subnet = await startSubnet();
  const other = await startAt(elsewhere);
  await other.stepTo(39);
  const ours = await startAt(subnet.folder);
  await ours.step();
  expect(ours.told(LOG.watchingFirst)).toMatchObject([{ throughEpoch: 1 }]);
  await other.stepTo(79);
  expect(await epochs()).toEqual([0, 1]);
  await ours.stepTo(120);
  expect(await epochs()).toEqual([0, 1]);
  expect(ours.told(LOG.strangerSeen)).toHaveLength(1);
  await Promise.all([other.stop(), ours.stop()]);
});

test("a new journal of a hotkey that fell silent begins after one whole epoch of silence", async () => {
  subnet = await startSubnet();
  const former = await startAt(elsewhere);
  await former.stepTo(39);
  await former.stop();
  const ours = await startAt(subnet.folder);
  await ours.stepTo(125);
  expect(await epochs()).toEqual([0, 2]);
  await ours.stop();
});

test("a nonce that moved by nothing of ours holds, unless the hotkey is said to be shared", async () => {
  subnet = await startSubnet();
  const ours = await startAt(subnet.folder);
  const shared = await startAt(elsewhere, { isHotkeyShared: true });
  await ours.stepTo(2);
  await shared.stepTo(4);
  // Included and refused by the chain: it takes a nonce and sets nothing.
  const signed = await subnet.chain.signSetWeights({
    netuid: 1,
    mechid: 0,
    row: [[99, 65_535]],
    versionKey: 0n,
    signer: subnet.validator.signer,
  });
  const outcome = subnet.chain.submit(signed);
  await ours.stepTo(8);
  expect(await outcome).toMatchObject({ kind: "refused", stage: "dispatch" });
  await ours.stepTo(39);
  expect(ours.told(LOG.strangerSeen)[0]?.["error"]).toMatch(/1 extrinsics, we know of 0/);
  expect(await epochs()).toEqual([]);
  await shared.stepTo(79);
  expect(await epochs()).toEqual([1]);
  await Promise.all([ours.stop(), shared.stop()]);
});

test.each([
  ["open", false],
  ["sealed", true],
])(
  "two hosts that start at once set %s weights once an epoch, and one of them stops",
  async (_, isSealed) => {
    subnet = await startSubnet({ commitRevealWeightsEnabled: isSealed });
    const [one, other] = [await startAt(subnet.folder), await startAt(elsewhere)];
    while (subnet.devnet.head().number < 125) {
      await one.step();
      await other.step();
    }
    const sent = subnet.devnet.extrinsics.filter(({ success }) => success);
    expect(sent.map(({ block }) => Math.floor(block / TEMPO))).toEqual([0, 1, 2]);
    expect(one.told(LOG.strangerSeen).length + other.told(LOG.strangerSeen).length).toBe(1);
    await Promise.all([one.stop(), other.stop()]);
  },
);

test("our own extrinsic is ours also where a finality that lied has moved it", async () => {
  subnet = await startSubnet();
  const { devnet } = subnet;
  const ours = await startAt(subnet.folder);
  await ours.stepTo(5);
  devnet.fault({ kind: "finality", lag: 0 });
  while (ours.told(LOG.weightsConfirmed).length === 0) await ours.step();
  const [told] = await effectiveSets(subnet);
  devnet.fault({ kind: "reorg", depth: devnet.head().number - (told?.block ?? 0) + 1, drop: true });
  devnet.fault({ kind: "clear" });
  // Another node still had it, and spreads it again.
  await spread(devnet.url, findLastConfirmed(ours.store.db, NETUID)?.signed?.hex ?? "");
  await ours.stepTo(79);
  const [moved, next] = await effectiveSets(subnet);
  expect(moved?.block).toBeGreaterThan(told?.block ?? 0);
  expect(next).toMatchObject({ epoch: 1 });
  expect(ours.told(LOG.strangerSeen)).toEqual([]);
  await ours.stop();
});

test("what failed in a block that is no more and took effect in another is ours, and its epoch is left alone", async () => {
  subnet = await startSubnet();
  const { devnet } = subnet;
  let born = 0;
  const signSetWeights: Overrides["signSetWeights"] = (real) => async (request) => {
    const signed = await real.signSetWeights(request);
    if (born > 0) return signed;
    born = devnet.head().number;
    await devnet.newBlock();
    devnet.fault({ kind: "rules", netuid: NETUID, weightsVersionKey: 9 });
    devnet.fault({ kind: "finality", lag: 0 });
    return signed;
  };
  const ours = await startLife(subnet, { signSetWeights });
  ours.inbox.put(await subnet.authority.sign({ vector: winner(subnet.first.hotkey) }));
  while (ours.told(LOG.weightsRefused).length === 0) await ours.step();
  // Back to before the rule: what failed waits again, and succeeds.
  devnet.fault({ kind: "reorg", depth: devnet.head().number - born });
  devnet.fault({ kind: "clear" });
  await ours.stepTo(79);
  expect(ours.told(LOG.ownMoved)).toMatchObject([{ throughEpoch: 0, attempt: 1 }]);
  expect(ours.told(LOG.strangerSeen)).toEqual([]);
  expect(await epochs()).toEqual([0, 1]);
  await ours.stop();
});

test("a stranger is told of also by a node that keeps too few blocks to find ours in", async () => {
  subnet = await startSubnet();
  const ours = await startLife(subnet);
  ours.inbox.put(await subnet.authority.sign({ vector: winner(subnet.first.hotkey) }));
  await ours.stepTo(39);
  await ours.stop();
  // The journal that knows of the first epoch is put away: another host goes on with the hotkey.
  const other = await startAt(elsewhere);
  await skipTo(subnet, 125);
  await other.stepTo(159);
  await other.stop();
  const unknown = new ChainError({ code: "CHAIN_BLOCK_UNKNOWN", block: "30" });
  const back = await startLife(subnet, { trackExtrinsic: () => () => Promise.reject(unknown) });
  await back.step();
  expect(back.told(LOG.strangerSeen)).toMatchObject([{ level: 50, code: "VALIDATOR_STRANGER" }]);
  await back.stop();
});
