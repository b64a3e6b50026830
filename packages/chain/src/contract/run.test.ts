import type { Devnet } from "@assay/devnet";
import { startProxy } from "@assay/fault-proxy";
import { afterAll, expect, test } from "vitest";
import { silentLog } from "../log.ts";
import { connectLocal, NETUID, startLocal } from "../testing/local-chain.ts";
import { requestOf, setOn, WAITING } from "../testing/set-weights.ts";
import { READ_CHECKS } from "./reads.ts";
import { REVEAL_CHECKS } from "./reveals.ts";
import { runContract } from "./run.ts";
import { writeChecks } from "./writes.ts";

const open = await startLocal({ weightsRateLimit: 10 });
const hidden = await startLocal({
  weightsRateLimit: 10,
  hyperparameters: { commitRevealWeightsEnabled: true },
});
const local = { devnet: open, ...(await connectLocal(open.url)) };
await setOn(local, await requestOf("Alice"));
await hidden.newBlock(3);
afterAll(async () => {
  await local.chain.close();
  await open.close();
  await hidden.close();
});

/** A node of which nobody else makes blocks: one for each wait, two for an extrinsic to be included and finalised. */
function blocksOf(devnet: Devnet) {
  const debug = (_facts: object, message: string) => {
    if (message === WAITING) void devnet.newBlock(2);
  };
  return { log: { ...silentLog, debug }, onWait: () => void devnet.newBlock() };
}

async function contractOn(devnet: Devnet, { url = devnet.url, more = [] as string[] } = {}) {
  const lines: string[] = [];
  const args = ["--url", url, "--netuid", String(NETUID), ...more];
  return { code: await runContract(args, (line) => lines.push(line), blocksOf(devnet)), lines };
}

test("the devnet keeps the whole contract of reading", async () => {
  const { code, lines } = await contractOn(open);
  expect(lines.filter((line) => !line.startsWith("ok "))).toEqual([]);
  expect(lines).toHaveLength(READ_CHECKS.length);
  expect(code).toBe(0);
});

test("the devnet keeps the contract of plain weights", { timeout: 60_000 }, async () => {
  const { code, lines } = await contractOn(open, { more: ["--key", "//Bob"] });
  expect(lines.filter((line) => !line.startsWith("ok "))).toEqual([]);
  expect(lines).toHaveLength(READ_CHECKS.length + writeChecks().length);
  expect(code).toBe(0);
});

test("the devnet keeps the contract of commits and reveals", { timeout: 60_000 }, async () => {
  const { code, lines } = await contractOn(hidden, { more: ["--key", "//Bob", "--reveals"] });
  expect(lines.filter((line) => !line.startsWith("ok "))).toEqual(
    ["a uid twice in a row", "a uid that is not there", "an old version key"].map((claim) =>
      expect.stringMatching(`^skipped ${claim} is refused .* commit-reveal hides`),
    ),
  );
  expect(lines).toHaveLength(READ_CHECKS.length + writeChecks().length + REVEAL_CHECKS.length);
  expect(code).toBe(0);
});

test("a hotkey that may not set weights fails by what stands against it", { timeout: 60_000 }, async () => {
  const { code, lines } = await contractOn(open, { more: ["--key", "//Charlie"] });
  expect(code).toBe(1);
  expect(lines).toContainEqual(
    expect.stringMatching(/^FAILED .*nothing but time stands against.*stake weight is/),
  );
  expect(lines).toContainEqual(expect.stringMatching(/^skipped the same bytes.*no weights were set/));
});

test("a node that breaks one claim fails by that claim, and the rest is still looked at", async () => {
  const proxy = await startProxy(open.url);
  proxy.rewrite = (method, result) => (method === "chain_getBlock" ? null : result);
  const { code, lines } = await contractOn(open, {
    url: proxy.url,
    more: ["--genesis", open.genesisHash],
  });
  expect(code).toBe(1);
  expect(lines).toHaveLength(READ_CHECKS.length);
  expect(lines.filter((line) => line.startsWith("FAILED"))).toEqual([
    expect.stringContaining("an extrinsic that never was is not found"),
  ]);
  await proxy.close();
});

test.each([
  [["--netuid", "1"]],
  [["--url", "ws://x", "--netuid", "x"]],
  [["--url", "ws://x", "--mechid", "x"]],
  [["--unknown"]],
])("%j shows how it is meant", async (args) => {
  const lines: string[] = [];
  expect(await runContract(args, (line) => lines.push(line))).toBe(2);
  expect(lines).toEqual([expect.stringContaining("--url")]);
});
