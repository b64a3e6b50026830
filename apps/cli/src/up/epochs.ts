import type { Chain, EpochState, Metagraph } from "@assay/chain";
import type { Participant } from "./accounts.ts";
import type { EpochReport } from "./report.ts";

type Watch = { netuid: number; cast: readonly Participant[]; signal: AbortSignal };

/** An epoch, and since which block the weights of all validators stand. */
export type SeenEpoch = { readonly report: EpochReport; readonly weightsSince: number };

/** Epochs of a subnet as they become final, each read at the very block it ran in; no block is skipped. */
export async function* finalisedEpochs(chain: Chain, watch: Watch): AsyncGenerator<SeenEpoch> {
  let last: EpochState | undefined;
  for await (const head of chain.finalisedHeads(watch.signal)) {
    for (let block = last === undefined ? head.block : last.at.block + 1; block <= head.block; block++) {
      const state = await chain.epochState(watch.netuid, { at: await chain.blockHash(block) });
      if (last !== undefined && state.epochIndex > last.epochIndex)
        yield await readEpoch(chain, { ...watch, state });
      last = state;
    }
  }
}

async function readEpoch(
  chain: Chain,
  { netuid, cast, state }: Watch & { state: EpochState },
): Promise<SeenEpoch> {
  const at = state.at.hash;
  const [metagraph, rows] = await Promise.all([
    chain.metagraph(netuid, { at }),
    chain.weights(netuid, { at }),
  ]);
  const {
    epochIndex: index,
    at: { block },
  } = state;
  const uids = rolesOf(metagraph, cast);
  const report = { index, block, uids, ...columns(metagraph), weights: weightsOf(metagraph, rows) };
  const validators = uids.filter(({ role }) => role === "validator");
  const setAt = validators.map(({ uid }) => metagraph.neurons[uid]?.lastUpdate ?? 0);
  return { report, weightsSince: Math.min(...setAt) };
}

function rolesOf({ neurons }: Metagraph, cast: readonly Participant[]): EpochReport["uids"] {
  const roles = new Map(cast.map(({ hotkey, role }) => [hotkey, role]));
  return neurons.map(({ uid, hotkey }) => ({ uid, hotkey, role: roles.get(hotkey) ?? "miner" }));
}

function columns({
  neurons,
}: Metagraph): Pick<EpochReport, "consensus" | "incentive" | "dividends" | "emission"> {
  return {
    consensus: neurons.map(({ consensus }) => consensus),
    incentive: neurons.map(({ incentive }) => incentive),
    dividends: neurons.map(({ dividends }) => dividends),
    emission: neurons.map(({ emissionRao }) => emissionRao.toString()),
  };
}

function weightsOf(
  { neurons }: Metagraph,
  rows: Awaited<ReturnType<Chain["weights"]>>,
): EpochReport["weights"] {
  const written = neurons.filter(({ uid }) => (rows[uid] ?? []).length > 0);
  return Object.fromEntries(
    written.map(({ uid, hotkey }) => [hotkey, (rows[uid] ?? []).map(([to, weight]) => [to, weight])]),
  );
}
