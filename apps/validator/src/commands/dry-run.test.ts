import type { SignedSnapshot } from "@assay/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { winner } from "../testing/authority.ts";
import { capturedLog } from "../testing/captured-log.ts";
import { NETUID, startSubnet, type TestSubnet } from "../testing/subnet.ts";
import { dryRun } from "./dry-run.ts";

let open: TestSubnet;
let sealed: TestSubnet;
beforeAll(async () => {
  [open, sealed] = await Promise.all([startSubnet(), startSubnet({ commitRevealWeightsEnabled: true })]);
  await Promise.all([open, sealed].map(({ devnet }) => devnet.newBlock(3)));
});
afterAll(async () => {
  await Promise.all([open.close(), sealed.close()]);
});

function preview(subnet: TestSubnet, latest: () => Promise<SignedSnapshot>): Promise<string> {
  const settings = { netuid: NETUID, mechid: 0, authority: null };
  const { log } = capturedLog();
  const { signal } = new AbortController();
  return dryRun({ settings, chain: subnet.chain, signer: subnet.validator.signer, latest, log, signal });
}

test("it prints the call and what it would change, and sends nothing", async () => {
  const text = await preview(open, () => open.authority.sign({ vector: winner(open.first.hotkey) }));
  expect(text).toContain("SubtensorModule.set_weights(netuid 1, dests [2], weights [65535], version_key 0)");
  expect(text).toContain("uid 2: none on chain, 65535 sent");
  expect(text).toContain("nothing was signed or sent");
  await open.devnet.newBlock(2);
  expect(open.devnet.extrinsics).toEqual([]);
});

test("where commit-reveal is on it prints what would be sealed and when it would be opened", async () => {
  const text = await preview(sealed, () => sealed.authority.sign({ vector: winner(sealed.first.hotkey) }));
  expect(text).toMatch(/commit_timelocked_weights\(netuid 1, reveal_round \d+, commit_reveal_version 4\)/);
  expect(text).toMatch(/sealed: dests \[2\], weights \[65535\], version_key 0; revealed from block \d+ on/);
});

test("a snapshot that would not be acted on is said to be none", async () => {
  const forged = () => open.authority.sign({ key: open.second.signer });
  expect(await preview(open, forged)).toMatch(/^nothing would be sent: The snapshot is signed by/);
  const over = () => open.authority.sign({ forged: { validUntil: 1 } });
  expect(await preview(open, over)).toMatch(/^nothing would be sent: VALIDATOR_SNAPSHOT_EXPIRED/);
});

test("what the chain would refuse is said", async () => {
  const old = await startSubnet({ weightsVersionKey: 9n });
  await old.devnet.newBlock(3);
  const text = await preview(old, () => old.authority.sign({ vector: winner(old.first.hotkey) }));
  expect(text).toContain("the chain would refuse: IncorrectWeightVersionKey");
  await old.close();
});
