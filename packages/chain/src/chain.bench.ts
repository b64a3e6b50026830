import { execFile } from "node:child_process";
import { cpus } from "node:os";
import { promisify } from "node:util";
import { startDevnet } from "@assay/devnet";
import { ApiPromise, WsProvider } from "@polkadot/api";
import { afterAll, expect, test } from "vitest";
import { connectChain } from "./connect.ts";
import { connectLocal, localGenesis, NETUID } from "./testing/local-chain.ts";
import { requestOf, setOn } from "./testing/set-weights.ts";
import { addressOf } from "./wallet/address.ts";

const UIDS = 256;
const MOST_UIDS = 4_096;
const RATE_LIMIT = 5;
const NO_BYTES = { extrinsic: {}, payload: {} };
const signedExtensions = {
  SudoTransactionExtension: NO_BYTES,
  CheckShieldedTxValidity: NO_BYTES,
  SubtensorTransactionExtension: NO_BYTES,
  DrandPriority: NO_BYTES,
};

/** A subnet filled with neurons that nobody has the keys of. */
async function fullGenesis(uids: number) {
  const base = await localGenesis();
  const missing = uids - (base.subnets[0]?.neurons.length ?? 0);
  const strangers = Array.from({ length: missing }, (_, i) => {
    const hotkey = addressOf(
      new Uint8Array(32)
        .fill(1)
        .with(0, i)
        .with(1, i >> 8),
    );
    return { hotkey, coldkey: hotkey, stakeRao: BigInt(i) };
  });
  const hyperparameters = {
    mechanismCount: 1,
    weightsVersionKey: 7n,
    commitRevealWeightsEnabled: false,
    minAllowedWeights: 2,
    maxAllowedUids: uids,
  };
  const neurons = [...(base.subnets[0]?.neurons ?? []), ...strangers];
  return {
    ...base,
    subnets: base.subnets.map((subnet) => ({ ...subnet, hyperparameters, neurons })),
  };
}

const devnet = await startDevnet({ genesis: await fullGenesis(UIDS), blockMs: 0, port: 0 });
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

/** Import, connection and one metagraph in a process that does nothing else, in milliseconds and MiB. */
const FRESH = `
  const begin = performance.now();
  const { connectChain } = await import(process.argv[1]);
  const imported = performance.now();
  const chain = await connectChain({ url: process.argv[2] });
  const connected = performance.now();
  await chain.metagraph(${NETUID});
  const read = performance.now();
  await chain.close();
  const mib = process.memoryUsage.rss() / 2 ** 20;
  console.log(JSON.stringify({ import: imported - begin, connect: connected - imported, metagraph: read - connected, mib }));
`;

test("a fresh process", async () => {
  const runs: Record<string, number>[] = [];
  for (let run = 0; run < 7; run += 1) {
    const entry = new URL("./connect.ts", import.meta.url).href;
    const args = ["--input-type=module", "-e", FRESH, entry, devnet.url];
    runs.push(JSON.parse((await promisify(execFile)(process.execPath, args)).stdout));
  }
  for (const figure of ["import", "connect", "metagraph", "mib"])
    print(`fresh process, ${figure}`, median(runs.map((run) => run[figure] ?? Number.NaN)));
});

test("weights from signing to read-back at a finalised block, blocks made at once", async () => {
  const local = await connectLocal(devnet.url);
  const times: number[] = [];
  for (let run = 0; run < 15; run += 1) {
    await devnet.newBlock(RATE_LIMIT + 1);
    const begin = performance.now();
    const outcome = await setOn({ ...local, devnet }, await requestOf("Alice"));
    times.push(performance.now() - begin);
    expect(outcome.kind).toBe("set");
  }
  await local.chain.close();
  print("weights set and read back, ms", median(times));
});

test("a subnet of 4,096 uids", async () => {
  const begin = performance.now();
  const large = await startDevnet({ genesis: await fullGenesis(MOST_UIDS), blockMs: 0, port: 0 });
  print("devnet with 4,096 uids up, ms", performance.now() - begin);
  const block = performance.now();
  await large.newBlock(25);
  print("25 of its blocks, an epoch among them, ms", performance.now() - block);
  const reader = await connectChain({ url: large.url });
  const times: number[] = [];
  for (let run = 0; run < 11; run += 1) {
    const from = performance.now();
    expect((await reader.metagraph(NETUID)).neurons).toHaveLength(MOST_UIDS);
    times.push(performance.now() - from);
  }
  print("metagraph of 4,096 uids, ms", median(times));
  print("memory of node and client together, MiB", process.memoryUsage.rss() / 2 ** 20);
  await reader.close();
  await large.close();
});

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function print(what: string, value: number): void {
  console.log(`${what}: ${value.toFixed(1)} (${cpus().length} cores)`);
}
