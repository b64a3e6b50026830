import { ApiPromise, WsProvider } from "@polkadot/api";
import { afterAll, expect, test } from "vitest";
import { connectLocal, hotkeyOf, NETUID, startLocal } from "../testing/local-chain.ts";
import { requestOf, setOn } from "../testing/set-weights.ts";

const devnet = await startLocal();
const { chain, log } = await connectLocal(devnet.url);
const api = await ApiPromise.create({ provider: new WsProvider(devnet.url), noInitWarn: true });
afterAll(async () => {
  await api.disconnect();
  await chain.close();
  await devnet.close();
});

/** The public library's view of one storage item at a block, as JSON. */
async function stored(hash: string, item: string, ...keys: unknown[]): Promise<unknown> {
  const at = await api.at(hash);
  return (await at.query["subtensorModule"]?.[item]?.(...keys))?.toJSON();
}

test("the public library reads the same from a block in which weights count", async () => {
  await setOn({ chain, log, devnet }, await requestOf("Alice"));
  const outcome = await setOn(
    { chain, log, devnet },
    await requestOf("Bob", {
      row: [
        [4, 1],
        [5, 65_535],
      ],
    }),
  );
  expect(outcome).toMatchObject({ kind: "set" });
  await devnet.newBlock(22);

  const graph = await chain.metagraph(NETUID);
  const column = (name: keyof (typeof graph.neurons)[number]) => graph.neurons.map((neuron) => neuron[name]);
  const { hash } = graph.at;
  expect(await stored(hash, "incentive", NETUID)).toEqual(column("incentive"));
  expect(await stored(hash, "consensus", NETUID)).toEqual(column("consensus"));
  expect(await stored(hash, "dividends", NETUID)).toEqual(column("dividends"));
  expect(await stored(hash, "validatorTrust", NETUID)).toEqual(column("validatorTrust"));
  expect(await stored(hash, "stakeWeight", NETUID)).toEqual(column("stakeWeight"));
  expect(await stored(hash, "validatorPermit", NETUID)).toEqual(column("validatorPermit"));
  expect(await stored(hash, "active", NETUID)).toEqual(column("active"));
  expect(await stored(hash, "lastUpdate", NETUID)).toEqual(column("lastUpdate"));
  expect(await stored(hash, "emission", NETUID)).toEqual(column("emissionRao").map(Number));
  expect(graph.neurons.some(({ incentive }) => incentive > 0)).toBe(true);
  for (const [uid, row] of (await chain.weights(NETUID)).entries())
    expect(await stored(hash, "weights", NETUID, uid)).toEqual(row);
});

test("the public library decodes what was signed as what was meant", async () => {
  await devnet.newBlock(10);
  const [alice, finalised] = [await hotkeyOf("Alice"), await chain.finalisedHead()];
  const plain = await chain.signSetWeights(await requestOf("Alice"));
  const mechanism = await chain.signSetWeights(await requestOf("Alice", { mechid: 1 }));
  const extrinsic = api.createType("Extrinsic", plain.hex);
  expect(extrinsic.hash.toHex()).toBe(plain.hash);
  expect(extrinsic.signer.toString()).toBe(alice.address);
  expect(extrinsic.nonce.toNumber()).toBe(plain.nonce);
  expect(extrinsic.era.asMortalEra.birth(finalised.block)).toBe(finalised.block);
  expect(extrinsic.era.asMortalEra.death(finalised.block)).toBe(plain.eraEnd + 1);
  expect(api.registry.findMetaCall(extrinsic.callIndex).method).toBe("setWeights");
  expect(extrinsic.args.map((arg) => arg.toJSON())).toEqual([NETUID, [4, 5], [65_535, 13_107], 7]);
  const other = api.createType("Extrinsic", mechanism.hex);
  expect(api.registry.findMetaCall(other.callIndex).method).toBe("setMechanismWeights");
  expect(other.args.map((arg) => arg.toJSON())).toEqual([NETUID, 1, [4, 5], [65_535, 13_107], 7]);
});
