import { afterEach, expect, test } from "vitest";
import { type Devnet, startDevnet } from "./devnet.ts";
import { developmentGenesis } from "./genesis/development.ts";

let running: Devnet[] = [];
afterEach(async () => {
  await Promise.all(running.map((devnet) => devnet.close()));
  running = [];
});

async function start(options: Partial<Parameters<typeof startDevnet>[0]> = {}): Promise<Devnet> {
  const devnet = await startDevnet({ genesis: developmentGenesis(), port: 0, blockMs: 0, ...options });
  running.push(devnet);
  return devnet;
}

test("blocks made by hand follow each other; each finalises its parent", async () => {
  const devnet = await start();
  expect(devnet.head()).toEqual({ number: 0, hash: devnet.genesisHash });
  const heads: number[] = [];
  const stop = devnet.onHead(({ number }) => heads.push(number));
  const third = await devnet.newBlock(3);
  stop();
  await devnet.newBlock();
  expect(third.number).toBe(3);
  expect(devnet.head().number).toBe(4);
  expect(devnet.finalized()).toEqual(third);
  expect(heads).toEqual([1, 2, 3]);
});

test("a pace makes blocks without a hand", async () => {
  const devnet = await start({ blockMs: 5 });
  const second = new Promise<void>((resolve) => {
    devnet.onHead(({ number }) => {
      if (number === 2) resolve();
    });
  });
  await second;
  expect(devnet.head().number).toBeGreaterThanOrEqual(2);
});

test("the genesis' own pace holds unless the caller names one", async () => {
  const byHand = await start();
  const paced = await start({ genesis: { ...developmentGenesis(), blockMs: 5 }, blockMs: undefined });
  await new Promise<void>((resolve) => paced.onHead(() => resolve()));
  expect(byHand.head().number).toBe(0);
});

test("the clock dates block 0, so two starts are two chains", async () => {
  const first = await start({ clock: { now: () => 1_000 } });
  const second = await start({ clock: { now: () => 2_000 } });
  const again = await start({ clock: { now: () => 1_000 } });
  expect(first.genesisHash).not.toBe(second.genesisHash);
  expect(first.genesisHash).toBe(again.genesisHash);
});

test("a port in use is refused with its number", async () => {
  const { port } = await start();
  const refused = start({ port });
  await expect(refused).rejects.toThrow(
    expect.objectContaining({ code: "DEVNET_PORT_UNAVAILABLE", facts: { host: "127.0.0.1", port } }),
  );
});
