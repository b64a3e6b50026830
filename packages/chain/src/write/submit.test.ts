import { startProxy } from "@assay/fault-proxy";
import { afterAll, expect, test } from "vitest";
import { connectLocal, hotkeyOf, NETUID, startLocal } from "../testing/local-chain.ts";
import { requestOf, setOn, WAITING } from "../testing/set-weights.ts";

const SUBMIT = "author_submitAndWatchExtrinsic";

const devnet = await startLocal({ weightsRateLimit: 0 });
const proxy = await startProxy(devnet.url);
const direct = await connectLocal(devnet.url);
const faulty = await connectLocal(proxy.url);
const local = { ...direct, devnet };
const { chain, log } = direct;
afterAll(async () => {
  await faulty.chain.close();
  await chain.close();
  await proxy.close();
  await devnet.close();
});

test("weights are set only once their block is finalised", async () => {
  const signed = await chain.signSetWeights(await requestOf("Alice"));
  const waiting = log.next(WAITING);
  let settled = false;
  const outcome = chain.submit(signed).finally(() => {
    settled = true;
  });
  await waiting;
  const included = await devnet.newBlock();
  // A round trip later the pool's "in block" has long arrived, and must not have counted.
  await chain.finalisedHead();
  expect(settled).toBe(false);
  await devnet.newBlock();
  const head = { block: included.number, hash: included.hash };
  expect(await outcome).toEqual({
    kind: "set",
    hash: signed.hash,
    included: head,
    confirmed: head,
    witness: null,
  });
  expect((await chain.weights(NETUID))[1]).toEqual([
    [4, 65_535],
    [5, 13_107],
  ]);
});

test("a row is confirmed as the chain stores it: scaled up, its order and zeros kept", async () => {
  const row = [
    [5, 1],
    [4, 3],
    [0, 0],
  ] as const;
  expect(await setOn(local, await requestOf("Alice", { row }))).toMatchObject({ kind: "set" });
  expect((await chain.weights(NETUID))[1]).toEqual([
    [5, 21_845],
    [4, 65_535],
    [0, 0],
  ]);
});

test("the devnet saw each extrinsic once", async () => {
  const before = devnet.extrinsics.length;
  const outcome = await setOn(local, await requestOf("Bob"));
  const [last, ...more] = devnet.extrinsics.slice(before);
  expect(more).toEqual([]);
  expect(outcome).toMatchObject({ kind: "set", hash: last?.hash, included: { hash: last?.blockHash } });
});

test("a lost answer is unknown, and finalised blocks tell what became of it", async () => {
  const signed = await faulty.chain.signSetWeights(await requestOf("Alice"));
  const fromBlock = (await chain.finalisedHead()).block;
  const track = () => faulty.chain.trackExtrinsic({ ...signed, fromBlock });
  proxy.onAnswer = (method) => (method === SUBMIT ? "cut" : "pass");
  const outcome = await faulty.chain.submit(signed);
  proxy.onAnswer = () => "pass";
  expect(outcome).toMatchObject({ kind: "unknown" });
  expect(await track()).toEqual({ kind: "pending" });
  const included = await devnet.newBlock();
  expect(await track()).toEqual({ kind: "pending" });
  await devnet.newBlock();
  const at = { block: included.number, hash: included.hash };
  expect(await track()).toEqual({ kind: "included", at, success: true, error: null });
});

test("sent again after a lost answer it is found where the first went, and counts once", async () => {
  const signed = await faulty.chain.signSetWeights(await requestOf("Bob"));
  proxy.onAnswer = (method) => (method === SUBMIT ? "cut" : "pass");
  expect(await faulty.chain.submit(signed)).toMatchObject({ kind: "unknown" });
  proxy.onAnswer = () => "pass";
  const { number } = await devnet.newBlock();
  const waiting = log.next(WAITING);
  const again = chain.submit(signed);
  await waiting;
  await devnet.newBlock();
  expect(await again).toMatchObject({ kind: "set", included: { block: number } });
  expect(devnet.extrinsics.filter(({ hash }) => hash === signed.hash)).toHaveLength(1);
});

test("what the pool still holds may be sent again and is waited for", async () => {
  const signed = await faulty.chain.signSetWeights(await requestOf("Bob"));
  const waiting = [faulty.log.next(WAITING), log.next(WAITING)];
  const both = [faulty.chain.submit(signed), chain.submit(signed)];
  await Promise.all(waiting);
  await devnet.newBlock(2);
  expect(await Promise.all(both)).toMatchObject([{ kind: "set" }, { kind: "set" }]);
});

test("a request that never reached the node is expired once its era is over, and not before", async () => {
  const signed = await faulty.chain.signSetWeights(await requestOf("Alice"));
  const fromBlock = (await chain.finalisedHead()).block;
  proxy.onRequest = (method) => (method === SUBMIT ? "cut" : "pass");
  expect(await faulty.chain.submit(signed)).toMatchObject({ kind: "unknown" });
  proxy.onRequest = () => "pass";
  await devnet.newBlock(signed.eraEnd - devnet.head().number);
  expect(await chain.trackExtrinsic({ ...signed, fromBlock })).toEqual({ kind: "pending" });
  await devnet.newBlock();
  expect(await chain.trackExtrinsic({ ...signed, fromBlock })).toEqual({ kind: "expired" });
});

test("past its era an extrinsic is not sent any more", async () => {
  const before = devnet.extrinsics.length;
  const signed = await chain.signSetWeights(await requestOf("Alice"));
  await devnet.newBlock(signed.eraEnd - devnet.head().number);
  const waiting = log.next(WAITING);
  const outcome = chain.submit(signed);
  await waiting;
  await devnet.newBlock();
  expect(await outcome).toMatchObject({
    kind: "refused",
    stage: "pool",
    error: "EraExpired",
    retryable: true,
  });
  expect(devnet.extrinsics).toHaveLength(before);
});

test("a connection lost after the pool took it changes nothing", async () => {
  const signed = await faulty.chain.signSetWeights(await requestOf("Alice"));
  const [waiting, lost] = [faulty.log.next(WAITING), faulty.log.next("lost the connection to the chain")];
  const outcome = faulty.chain.submit(signed);
  await waiting;
  proxy.onAnswer = () => {
    proxy.onAnswer = () => "pass";
    return "cut";
  };
  await faulty.chain.bestHead();
  await lost;
  await devnet.newBlock(2);
  expect(await outcome).toMatchObject({ kind: "set" });
});

test("an extrinsic is found below the block it is looked for from, if its era holds it there", async () => {
  const signed = await chain.signSetWeights(await requestOf("Alice"));
  const submitted = local.log.next(WAITING);
  const outcome = chain.submit(signed);
  await submitted;
  await devnet.newBlock(4);
  expect(await outcome).toMatchObject({ kind: "set" });
  const fromBlock = devnet.finalized().number;
  expect(await chain.trackExtrinsic({ ...signed, fromBlock })).toMatchObject({ kind: "included" });
});

test("undecided for too long is unknown", async () => {
  const hasty = await connectLocal(devnet.url, { confirmMs: 1 });
  const signed = await hasty.chain.signSetWeights(await requestOf("Alice"));
  expect(await hasty.chain.submit(signed)).toMatchObject({ kind: "unknown" });
  await hasty.chain.close();
  await devnet.newBlock(2);
  expect(await chain.trackExtrinsic({ ...signed, fromBlock: 0 })).toMatchObject({ kind: "included" });
});

test("closing the chain leaves a waiting extrinsic unknown", async () => {
  const other = await connectLocal(devnet.url);
  const waiting = other.log.next(WAITING);
  const outcome = other.chain.submit(await other.chain.signSetWeights(await requestOf("Bob")));
  await waiting;
  await other.chain.close();
  expect(await outcome).toMatchObject({ kind: "unknown" });
  await devnet.newBlock(2);
});

test("a second extrinsic of a waiting hotkey is refused here and changes nothing there", async () => {
  const signed = await chain.signSetWeights(await requestOf("Alice"));
  const waiting = log.next(WAITING);
  const first = chain.submit(signed);
  await waiting;
  const second = await chain.signSetWeights(
    await requestOf("Alice", {
      row: [
        [4, 1],
        [5, 1],
      ],
    }),
  );
  await expect(chain.submit(second)).rejects.toMatchObject({ code: "CHAIN_SENDER_BUSY" });
  await devnet.newBlock(2);
  expect(await first).toMatchObject({ kind: "set" });
});

test("of two extrinsics signed while none is decided only one can ever be included", async () => {
  const [first, second] = [
    await chain.signSetWeights(await requestOf("Alice")),
    await chain.signSetWeights(
      await requestOf("Alice", {
        row: [
          [4, 1],
          [5, 65_535],
        ],
      }),
    ),
  ];
  expect(second.nonce).toBe(first.nonce);
  const waiting = log.next(WAITING);
  const taken = chain.submit(first);
  await waiting;
  expect(await faulty.chain.submit(second)).toMatchObject({ kind: "refused", error: "TooLowPriority" });
  await devnet.newBlock(2);
  expect(await taken).toMatchObject({ kind: "set" });
  expect(await chain.submit(second)).toMatchObject({ kind: "refused", stage: "pool", error: "Stale" });
});

test("a signer that signs something else is found out before anything is sent", async () => {
  const [alice, bob] = [await hotkeyOf("Alice"), await hotkeyOf("Bob")];
  const liar = { address: alice.address, sign: (message: Uint8Array) => bob.sign(message) };
  await expect(chain.signSetWeights(await requestOf("Alice", { signer: liar }))).rejects.toMatchObject({
    code: "CHAIN_SIGNATURE_INVALID",
    facts: { address: alice.address },
  });
});

test("a row longer than what is signed unhashed is taken", async () => {
  const row = Array.from({ length: 6 }, (_, uid) => [uid, uid === 4 ? 65_535 : uid] as const);
  const long = await requestOf("Alice", { row });
  const signed = await chain.signSetWeights(long);
  const manyEntries = { ...long, row: Array.from({ length: 100 }, (_, uid) => [uid, 65_535] as const) };
  const hashed = await chain.signSetWeights(manyEntries);
  expect(hashed.hex.length).toBeGreaterThan(2 * 256);
  expect(signed.hex.length).toBeLessThan(2 * 256);
  expect(await setOn(local, manyEntries)).toMatchObject({
    stage: "dispatch",
    error: "UidsLengthExceedUidsInSubNet",
  });
});
