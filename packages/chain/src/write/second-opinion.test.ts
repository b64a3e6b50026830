import { startProxy } from "@assay/fault-proxy";
import { afterAll, expect, test } from "vitest";
import { connectLocal, startLocal } from "../testing/local-chain.ts";
import { requestOf, setOn } from "../testing/set-weights.ts";

const devnet = await startLocal({ weightsRateLimit: 0 });
const second = await startProxy(devnet.url);
const local = await connectLocal(devnet.url, { url: [devnet.url, second.url] });
afterAll(async () => {
  await local.chain.close();
  await second.close();
  await devnet.close();
});

test("what a second endpoint shows as well names it as witness", async () => {
  const outcome = await setOn({ ...local, devnet }, await requestOf("Alice"));
  expect(outcome).toMatchObject({ kind: "set", witness: second.url });
  expect(local.chain.endpoint).toBe(devnet.url);
});

test("another block at the same height elsewhere leaves it unknown", async () => {
  second.rewrite = (method, result) =>
    method === "chain_getBlockHash" && result !== devnet.genesisHash ? `0x${"cd".repeat(32)}` : result;
  const outcome = await setOn({ ...local, devnet }, await requestOf("Alice"));
  expect(outcome).toMatchObject({ kind: "unknown", reason: expect.stringContaining("cdcd") });
  second.rewrite = (_method, result) => result;
});

test("another row in the same block elsewhere leaves it unknown", async () => {
  second.rewrite = (method, result) => {
    const [set] = method === "state_queryStorageAt" ? [result].flat() : [];
    const { changes = [] } = Object(set);
    // The row is read alone; an empty list stands in for it.
    return changes.length === 1 ? [{ ...Object(set), changes: [[changes[0][0], "0x00"]] }] : result;
  };
  const outcome = await setOn({ ...local, devnet }, await requestOf("Bob"));
  expect(outcome).toMatchObject({ kind: "unknown", reason: expect.stringContaining("RowDiffers") });
  second.rewrite = (_method, result) => result;
});

test("a silent second endpoint hinders nothing, and is said to have been silent", async () => {
  const impatient = await connectLocal(devnet.url, { url: [devnet.url, second.url], witnessMs: 100 });
  second.onAnswer = () => "swallow";
  const noted = impatient.log.next("no second opinion");
  const outcome = await setOn({ ...impatient, devnet }, await requestOf("Bob"));
  expect(outcome).toMatchObject({ kind: "set", witness: null });
  expect(await noted).toMatchObject({ reason: expect.stringContaining("not finalised") });
  await impatient.chain.close();
});
