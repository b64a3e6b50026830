import { afterAll, expect, test } from "vitest";
import { connectLocal, NETUID, startLocal } from "../testing/local-chain.ts";
import { requestOf, WAITING } from "../testing/set-weights.ts";

const devnet = await startLocal({
  weightsRateLimit: 0,
  tempo: 50,
  hyperparameters: { commitRevealWeightsEnabled: true },
});
const { chain, log } = await connectLocal(devnet.url);
afterAll(async () => {
  await chain.close();
  await devnet.close();
});

test("a node that has dropped the state says where an extrinsic is, not how it ended", async () => {
  devnet.fault({ kind: "rules", netuid: NETUID, revealPeriodEpochs: 2 });
  await devnet.newBlock(2);
  const request = await requestOf("Alice");
  const { hash: sent, hex, eraEnd } = await chain.signSetWeights(request);
  const { block: fromBlock } = await chain.finalisedHead();
  const waiting = log.next(WAITING);
  const outcome = chain.submit({ hash: sent, hex, eraEnd, nonce: 0, request });
  await waiting;
  const { number, hash } = await devnet.newBlock();
  await devnet.newBlock();
  const { commit } = { commit: null, ...(await outcome) };
  const at = { block: number, hash };
  const track = (changes = {}) => chain.trackExtrinsic({ hash: sent, eraEnd, fromBlock, ...changes });
  expect(await track()).toEqual({ kind: "included", at, success: true, error: null });
  expect(await chain.findCommit({ hex }, hash)).toEqual({ kind: "found", commit });
  // Another epoch has begun, the commit still waits.
  await devnet.newBlock(60);
  devnet.fault({ kind: "prune", keep: 10 });
  expect(await track()).toEqual({ kind: "forgotten", at });
  expect(await track({ hash: `0x${"11".repeat(32)}` })).toEqual({ kind: "expired" });
  await expect(chain.findCommit({ hex }, hash)).rejects.toMatchObject({ code: "CHAIN_BLOCK_UNKNOWN" });
  const head = await chain.finalisedHead();
  expect(await chain.findCommit({ hex }, head.hash)).toEqual({ kind: "found", commit });
  const who = { netuid: NETUID, mechid: 0, hotkey: request.signer.address };
  expect((await chain.signerState(who)).lastUpdate).toBe(number);
});
