import { afterEach, expect, test } from "vitest";
import { connectLocal, hotkeyOf, NETUID, startLocal } from "../testing/local-chain.ts";
import { requestOf, setOn } from "../testing/set-weights.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function started(commitRevealWeightsEnabled: boolean) {
  const devnet = await startLocal({ hyperparameters: { commitRevealWeightsEnabled } });
  const scene = { devnet, ...(await connectLocal(devnet.url)) };
  closers.push(
    () => scene.chain.close(),
    () => devnet.close(),
  );
  return scene;
}

const who = async (name: string) => ({ netuid: NETUID, mechid: 0, hotkey: (await hotkeyOf(name)).address });

test("setting weights moves nonce and last update", async () => {
  const scene = await started(false);
  const { chain, devnet } = scene;
  await devnet.newBlock(2);
  const before = await chain.signerState(await who("Alice"));
  expect(before).toMatchObject({ nonce: 0, uid: 1, lastUpdate: 0, commits: [] });
  const outcome = await setOn(scene, await requestOf("Alice"));
  const block = outcome.kind === "set" ? outcome.included.block : undefined;
  const after = await chain.signerState(await who("Alice"));
  expect(after).toMatchObject({ nonce: 1, uid: 1, lastUpdate: block, commits: [] });
  expect(after.timeMs).toBeGreaterThan(before.timeMs);
  expect(await chain.signerState(await who("Alice"), { at: before.at.hash })).toEqual(before);
});

test("a commit that waits is shown to whoever asks for its hotkey, and to nobody else", async () => {
  const scene = await started(true);
  const { chain, devnet } = scene;
  await devnet.newBlock(2);
  const outcome = await setOn(scene, await requestOf("Alice"));
  const commit = outcome.kind === "committed" ? outcome.commit : undefined;
  const { commitHash, epoch, block } = commit ?? {};
  expect(await chain.signerState(await who("Alice"))).toMatchObject({
    nonce: 1,
    lastUpdate: block,
    commits: [{ commitHash, epoch, block }],
  });
  expect((await chain.signerState(await who("Bob"))).commits).toEqual([]);
});

test("a hotkey without a uid has a nonce and nothing else", async () => {
  const { chain } = await started(false);
  expect(await chain.signerState(await who("Nobody"))).toMatchObject({
    nonce: 0,
    uid: null,
    lastUpdate: null,
    commits: [],
  });
});
