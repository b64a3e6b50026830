import { startDevnet } from "@assay/devnet";
import { ApiPromise, WsProvider } from "@polkadot/api";
import { afterAll, expect, test } from "vitest";
import { connectChain } from "./connect.ts";
import { localGenesis, NETUID } from "./testing/local-chain.ts";
import { addressOf } from "./wallet/address.ts";

const UIDS = 256;
const NO_BYTES = { extrinsic: {}, payload: {} };
const signedExtensions = {
  SudoTransactionExtension: NO_BYTES,
  CheckShieldedTxValidity: NO_BYTES,
  SubtensorTransactionExtension: NO_BYTES,
  DrandPriority: NO_BYTES,
};

/** A subnet filled with neurons that nobody has the keys of. */
async function fullGenesis() {
  const base = await localGenesis();
  const missing = UIDS - (base.subnets[0]?.neurons.length ?? 0);
  const strangers = Array.from({ length: missing }, (_, i) => {
    const hotkey = addressOf(
      new Uint8Array(32)
        .fill(1)
        .with(0, i)
        .with(1, i >> 8),
    );
    return { hotkey, coldkey: hotkey, stakeRao: BigInt(i) };
  });
  const hyperparameters = { mechanismCount: 1, weightsVersionKey: 7n };
  const neurons = [...(base.subnets[0]?.neurons ?? []), ...strangers];
  return {
    ...base,
    subnets: base.subnets.map((subnet) => ({ ...subnet, hyperparameters, neurons })),
  };
}

const devnet = await startDevnet({ genesis: await fullGenesis(), blockMs: 0, port: 0 });
await devnet.newBlock(25);
const chain = await connectChain({ url: devnet.url });
const connectApi = () =>
  ApiPromise.create({ provider: new WsProvider(devnet.url), noInitWarn: true, signedExtensions });
const api = await connectApi();
afterAll(async () => {
  await chain.close();
  await api.disconnect();
  await devnet.close();
});

/** The same columns by the other library's queries, all at one block. */
async function byQueries(): Promise<number> {
  const at = await api.at(await api.rpc.chain.getFinalizedHead());
  const pallet = at.query["subtensorModule"] ?? {};
  const entries = await pallet["keys"]?.entries(NETUID);
  const hotkeys = (entries ?? []).map(([, hotkey]) => hotkey.toString());
  const names = ["stakeWeight", "consensus", "incentive", "dividends", "validatorTrust", "emission"];
  const columns = [...names, "active", "validatorPermit", "lastUpdate", "tempo", "subnetOwnerHotkey"];
  await Promise.all([
    ...columns.map((name) => pallet[name]?.(NETUID)),
    pallet["blockAtRegistration"]?.entries(NETUID),
    pallet["owner"]?.multi(hotkeys),
    pallet["totalHotkeyAlpha"]?.multi(hotkeys.map((hotkey) => [hotkey, NETUID])),
  ]);
  return hotkeys.length;
}

test("a metagraph of 256 uids", async ({ bench }) => {
  await bench.compare(
    bench("metagraph, selective runtime API", async () => {
      expect((await chain.metagraph(NETUID)).neurons).toHaveLength(UIDS);
    }),
    bench("@polkadot/api, its own queries", async () => {
      expect(await byQueries()).toBe(UIDS);
    }),
    { time: 0, iterations: 31, warmupTime: 0, warmupIterations: 5 },
  );
});

test("connecting, metadata read and decoded, and closing", async ({ bench }) => {
  await bench.compare(
    bench("connectChain", async () => {
      await (await connectChain({ url: devnet.url })).close();
    }),
    bench("ApiPromise.create", async () => {
      await (await connectApi()).disconnect();
    }),
    { time: 0, iterations: 11, warmupTime: 0, warmupIterations: 2 },
  );
});
