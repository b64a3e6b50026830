import { setInterval } from "node:timers";
import { startProxy } from "@assay/fault-proxy";
import { afterAll, expect, test } from "vitest";
import { connectLocal, NETUID, startLocal } from "../testing/local-chain.ts";
import { requestOf, setOn } from "../testing/set-weights.ts";
import { READ_CHECKS } from "./reads.ts";
import { runContract } from "./run.ts";

const devnet = await startLocal({ weightsRateLimit: 0 });
const local = { devnet, ...(await connectLocal(devnet.url)) };
await setOn(local, await requestOf("Alice"));
// Blocks by the clock: a stranger's node makes them by itself.
const pace = setInterval(() => void devnet.newBlock(), 50);
afterAll(async () => {
  clearInterval(pace);
  await local.chain.close();
  await devnet.close();
});

async function contractOn(url: string, ...more: string[]) {
  const lines: string[] = [];
  const args = ["--url", url, "--netuid", String(NETUID), ...more];
  return { code: await runContract(args, (line) => lines.push(line)), lines };
}

test("the devnet keeps the whole contract", async () => {
  const { code, lines } = await contractOn(devnet.url);
  expect(lines.filter((line) => !line.startsWith("ok "))).toEqual([]);
  expect(lines).toHaveLength(READ_CHECKS.length);
  expect(code).toBe(0);
});

test("a node that breaks one claim fails by that claim, and the rest is still looked at", async () => {
  const proxy = await startProxy(devnet.url);
  proxy.rewrite = (method, result) => (method === "chain_getBlock" ? null : result);
  const { code, lines } = await contractOn(proxy.url, "--genesis", devnet.genesisHash);
  expect(code).toBe(1);
  expect(lines).toHaveLength(READ_CHECKS.length);
  expect(lines.filter((line) => line.startsWith("FAILED"))).toEqual([
    expect.stringContaining("an extrinsic that never was is not found"),
  ]);
  await proxy.close();
});

test.each([[["--netuid", "1"]], [["--url", "ws://x", "--netuid", "x"]], [["--unknown"]]])(
  "%j shows how it is meant",
  async (args) => {
    const lines: string[] = [];
    expect(await runContract(args, (line) => lines.push(line))).toBe(2);
    expect(lines).toEqual([expect.stringContaining("--url")]);
  },
);
