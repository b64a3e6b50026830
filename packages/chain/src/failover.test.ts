import type { Devnet } from "@assay/devnet";
import { FAULTS, heal, inflict, type Proxy, SILENT, startProxy } from "@assay/fault-proxy";
import { afterAll, expect, test, vi } from "vitest";
import { type ConnectOptions, connectChain } from "./connect.ts";
import { ChainError } from "./errors.ts";
import { type Journal, journal, NETUID, startLocal } from "./testing/local-chain.ts";
import { requestOf, WAITING } from "./testing/set-weights.ts";
import type { Chain } from "./types.ts";
import type { SetWeightsOutcome, SignedExtrinsic } from "./weights.ts";

const STALE_MS = 400;

// Silence is only known by waiting for it, several times in some of these.
vi.setConfig({ testTimeout: 120_000 });

/** One node behind two doors: the first may fail, the second is sound. */
type Scene = {
  readonly devnet: Devnet;
  /** Extrinsics that were there already. */
  readonly before: number;
  readonly first: Proxy;
  readonly log: Journal;
  connect(): Promise<Chain>;
  /** Lets as much time pass as makes a standing connection suspicious. */
  wait(): void;
};

// One epoch holds all of it, so that whatever took effect counts against the same one.
const devnet = await startLocal({ weightsRateLimit: 0, tempo: 1_000 });
await devnet.newBlock(10);
afterAll(() => devnet.close());

async function onScene(play: (scene: Scene) => Promise<void>): Promise<void> {
  const before = devnet.extrinsics.length;
  const [first, second] = [await startProxy(devnet.url), await startProxy(devnet.url)];
  let now = 0;
  const log = journal();
  const chains: Chain[] = [];
  const options: ConnectOptions = {
    url: [first.url, second.url],
    genesisHash: devnet.genesisHash,
    deadlineMs: 2_000,
    // The second endpoint is the faulty one here, and its opinion is another test's matter.
    witnessMs: 100,
    staleMs: STALE_MS,
    clock: { now: () => now },
    log,
  };
  const connect = async () => {
    const chain = await again(() => connectChain(options));
    chains.push(chain);
    return chain;
  };
  try {
    await play({ devnet, before, first, log, connect, wait: () => (now += STALE_MS + 1) });
  } finally {
    await Promise.all(chains.map((chain) => chain.close()));
    await Promise.all([first.close(), second.close()]);
  }
}

/** What a caller's loop does: the same call again while time alone may cure it. */
async function again<T>(call: () => Promise<T>): Promise<T> {
  for (let left = 5; ; left--)
    try {
      return await call();
    } catch (error) {
      if (left === 0 || !(error instanceof ChainError && error.retryable)) throw error;
    }
}

/** On a busy machine even a sound endpoint may be called silent once; signing may be repeated, sending may not. */
async function signedBy(chain: Chain): Promise<SignedExtrinsic> {
  const request = await requestOf("Alice");
  return again(() => chain.signSetWeights(request));
}

/** Follows a submitted extrinsic to its end as a validator does: unknown is looked for, pending is sent again. */
async function settle(scene: Scene, chain: Chain, signed: SignedExtrinsic): Promise<void> {
  for (let left = 8; left > 0; left--) {
    await scene.devnet.newBlock(2);
    const fate = await again(() => chain.trackExtrinsic({ ...signed, fromBlock: 0 }));
    if (fate.kind === "included") return expect(fate.success).toBe(true);
    expect(fate.kind).toBe("pending");
    await submitted(scene, chain, signed);
  }
  expect.fail("never included");
}

/** Submits and makes blocks until there is an outcome. */
async function submitted(scene: Scene, chain: Chain, signed: SignedExtrinsic): Promise<SetWeightsOutcome> {
  const waiting = scene.log.next(WAITING);
  const outcome = again(() => chain.submit(signed));
  await Promise.race([waiting, outcome]);
  await scene.devnet.newBlock(2);
  return outcome;
}

function expectOneEffective({ before }: Scene): void {
  expect(devnet.extrinsics.slice(before).map(({ success }) => success)).toEqual([true]);
}

test.each(FAULTS)("connecting past an endpoint that is %s", (fault) =>
  onScene(async (scene) => {
    // The height others have reached is known only after a first connection.
    const chain = fault === "lagging" ? await scene.connect() : undefined;
    inflict(scene.first, fault);
    const connected = chain ?? (await scene.connect());
    expect((await again(() => connected.metagraph(NETUID))).neurons).toHaveLength(6);
  }),
);

test.each(FAULTS)("reading goes on when the endpoint is %s", (fault) =>
  onScene(async (scene) => {
    const chain = await scene.connect();
    inflict(scene.first, fault);
    expect((await again(() => chain.metagraph(NETUID))).neurons).toHaveLength(6);
    heal(scene.first);
    expect((await again(() => chain.bestHead())).block).toBe(devnet.head().number);
  }),
);

test.each(FAULTS)("finalised heads go on when the endpoint is %s", (fault) =>
  onScene(async (scene) => {
    const chain = await scene.connect();
    const heads = chain.finalisedHeads()[Symbol.asyncIterator]();
    const before = (await heads.next()).value.block;
    inflict(scene.first, fault);
    const next = heads.next();
    await scene.devnet.newBlock(3);
    if (SILENT.includes(fault)) scene.wait();
    expect((await next).value.block).toBeGreaterThan(before);
  }),
);

test.each(FAULTS)("one extrinsic takes effect when the endpoint is %s at sending", (fault) =>
  onScene(async (scene) => {
    const chain = await scene.connect();
    const signed = await signedBy(chain);
    inflict(scene.first, fault);
    const submitting = submitted(scene, chain, signed);
    if (fault === "stale") scene.wait();
    const outcome = await submitting;
    if (outcome.kind === "unknown") await settle(scene, chain, signed);
    else expect(outcome.kind).toBe("set");
    expectOneEffective(scene);
  }),
);

test.each(FAULTS)("one extrinsic takes effect when the endpoint is %s while it is confirmed", (fault) =>
  onScene(async (scene) => {
    const chain = await scene.connect();
    const signed = await signedBy(chain);
    const waiting = scene.log.next(WAITING);
    const submitting = chain.submit(signed);
    await waiting;
    inflict(scene.first, fault);
    await scene.devnet.newBlock(2);
    if (SILENT.includes(fault)) scene.wait();
    const outcome = await submitting;
    if (outcome.kind === "unknown") await settle(scene, chain, signed);
    else expect(outcome.kind).toBe("set");
    expectOneEffective(scene);
  }),
);
