import { startProxy } from "@assay/fault-proxy";
import { afterAll, afterEach, expect, test } from "vitest";
import { connectLocal, NETUID, startLocal } from "../testing/local-chain.ts";
import { openNode } from "../testing/node.ts";
import { requestOf } from "../testing/set-weights.ts";

const VERSION = "state_getRuntimeVersion";

const devnet = await startLocal();
const proxy = await startProxy(devnet.url);
const { chain } = await connectLocal(proxy.url);
let asked: string[] = [];
proxy.onRequest = (method) => {
  asked.push(method);
  return "pass";
};
afterEach(() => {
  proxy.rewrite = (_method, result) => result;
  asked = [];
});
afterAll(async () => {
  await chain.close();
  await proxy.close();
  await devnet.close();
});

/** Lets the node say that it runs another version. */
function upgradeTo(specVersion: number): void {
  proxy.rewrite = (method, result) => (method === VERSION ? { ...Object(result), specVersion } : result);
}

/** Everything but the first read's questions: metadata is fetched by two runtime calls. */
const metadataFetches = () => asked.filter((method) => method === "state_call").length;

test("metadata is fetched once per version", async () => {
  await Promise.all([chain.weights(NETUID), chain.weightRules(NETUID), chain.weights(NETUID)]);
  expect(metadataFetches()).toBe(0);
});

test("an upgrade is noticed by the next read, which fetches what the new runtime declares", async () => {
  upgradeTo(425);
  await Promise.all([chain.weights(NETUID), chain.weights(NETUID)]);
  expect(chain.specVersion).toBe(425);
  expect(metadataFetches()).toBe(2);
});

test("connections to one chain share what its metadata declares", async () => {
  const [one, other] = [openNode(devnet.url), openNode(devnet.url)];
  const [first, second] = [one, other].map(({ runtimes }) => runtimes.at(devnet.genesisHash));
  expect(await first).toBe(await second);
  await Promise.all([one, other].map(({ link }) => link.close()));
});

test("what is signed names the version of the newest block", async () => {
  const now = await chain.signSetWeights(await requestOf("Alice"));
  expect(await chain.submit(await signedUnder(426))).toMatchObject({ kind: "refused", error: "BadProof" });
  expect(now.nonce).toBe(0);
});

async function signedUnder(specVersion: number) {
  upgradeTo(specVersion);
  const signed = await chain.signSetWeights(await requestOf("Alice"));
  proxy.rewrite = (_method, result) => result;
  return signed;
}

test("a version that could not be loaded is asked for again", async () => {
  upgradeTo(427);
  const rewriteVersion = proxy.rewrite;
  proxy.rewrite = (method, result) => (method === "state_call" ? "0xff" : rewriteVersion(method, result));
  await expect(chain.weights(NETUID)).rejects.toMatchObject({ code: expect.stringMatching(/^CHAIN_/) });
  proxy.rewrite = rewriteVersion;
  expect(await chain.weights(NETUID)).toHaveLength(6);
});

test("a node that answers nonsense for its version is told from one that is away", async () => {
  proxy.rewrite = (method, result) => (method === VERSION ? { specName: "x" } : result);
  await expect(chain.weights(NETUID)).rejects.toMatchObject({ code: "CHAIN_UNEXPECTED_VALUE" });
});
