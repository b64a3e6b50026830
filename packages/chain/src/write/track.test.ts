import { afterAll, expect, test } from "vitest";
import { connectLocal, NETUID, startLocal } from "../testing/local-chain.ts";
import { requestOf, setOn } from "../testing/set-weights.ts";

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
  await devnet.newBlock(2);
  const request = await requestOf("Alice");
  const fromBlock = (await chain.finalisedHead()).block;
  const outcome = await setOn({ chain, log, devnet }, request);
  const sent = devnet.extrinsics.at(-1);
  const at = { block: sent?.block ?? 0, hash: sent?.blockHash ?? "" };
  const signed = { hash: sent?.hash ?? "", eraEnd: at.block + 15, fromBlock };
  expect(await chain.trackExtrinsic(signed)).toEqual({ kind: "included", at, success: true, error: null });
  await devnet.newBlock(20);
  devnet.fault({ kind: "prune", keep: 10 });
  expect(await chain.trackExtrinsic(signed)).toEqual({ kind: "forgotten", at });
  const absent = { ...signed, hash: `0x${"11".repeat(32)}` };
  expect(await chain.trackExtrinsic(absent)).toEqual({ kind: "expired" });
  // What waits on chain is in the newest state, however old it is.
  const who = { netuid: NETUID, mechid: 0, hotkey: request.signer.address };
  const { commits, lastUpdate } = await chain.signerState(who);
  expect(commits).toMatchObject([{ block: at.block }]);
  expect(lastUpdate).toBe(at.block);
  if (outcome.kind !== "committed") throw new Error(`expected a commit, got ${outcome.kind}`);
  expect(await chain.trackReveal(outcome.commit, request.row)).toMatchObject({ kind: "pending" });
});
