import { ApiError } from "@assay/api";
import type { Chain, EpochState, Head, Hyperparameters, Metagraph, Neuron } from "@assay/chain";
import type { Clock } from "@assay/core";
import type { Log } from "../log.ts";
import { followHeads } from "./heads.ts";

/** The subnet as one finalised block saw it. */
export type SubnetState = {
  readonly metagraph: Metagraph;
  readonly epoch: EpochState;
  /** Epochs until a commit is revealed; 0 without commit-reveal. */
  readonly revealPeriodEpochs: number;
  readonly neurons: ReadonlyMap<string, Neuron>;
};

/** What verbs and duties know of the chain: one state in memory, used only while it is young enough. */
export type Subnet = {
  /** The newest state. Throws API_STALE_METAGRAPH when the chain has not answered for too long. */
  current(): SubnetState;
  /** The newest state however old it is: to tell an operator, never to decide by. */
  newest(): SubnetState;
  ageMs(): number;
  /** Resolves once the signal has aborted and nothing is read any more. */
  readonly stopped: Promise<void>;
};

export type SubnetSource = {
  readonly chain: Chain;
  readonly netuid: number;
  readonly mechid: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly maxAgeSeconds: number;
  readonly signal: AbortSignal;
};

/** Reads the subnet once, then again for each finalised head; `onState` hears of every state after the first. */
export async function followSubnet(source: SubnetSource, onState: () => void): Promise<Subnet> {
  const { chain, clock, netuid } = source;
  let held = { state: await readSubnet(source, await chain.finalisedHead()), at: clock.now() };
  const stopped = followHeads(source, async (head) => {
    if (head.block <= held.state.metagraph.at.block) return;
    held = { state: await readSubnet(source, head), at: clock.now() };
    onState();
  });
  const ageMs = () => clock.now() - held.at;
  return {
    ageMs,
    stopped,
    newest: () => held.state,
    current() {
      const [limitSeconds, age] = [source.maxAgeSeconds, ageMs()];
      if (age > limitSeconds * 1000)
        throw stale({ netuid, ageSeconds: Math.round(age / 1000), limitSeconds });
      return held.state;
    },
  };
}

async function readSubnet({ chain, netuid, mechid }: SubnetSource, head: Head): Promise<SubnetState> {
  const [metagraph, epoch, parameters] = await Promise.all([
    chain.metagraph(netuid, { mechid, at: head.hash }),
    chain.epochState(netuid, { at: head.hash }),
    chain.hyperparameters(netuid, { at: head.hash }),
  ]);
  const neurons = new Map(metagraph.neurons.map((neuron) => [neuron.hotkey, neuron]));
  return { metagraph, epoch, revealPeriodEpochs: revealPeriodOf(parameters), neurons };
}

/** A runtime that does not say is taken to hide weights for the one epoch that chains begin with. */
function revealPeriodOf({ values }: Hyperparameters): number {
  if (values["commit_reveal_weights_enabled"] === false) return 0;
  const period = values["commit_reveal_period"];
  return typeof period === "bigint" ? Number(period) : 1;
}

function stale(facts: { netuid: number; ageSeconds: number; limitSeconds: number }): ApiError {
  const message = "The chain has not answered for too long; what depends on it is refused until it does.";
  return new ApiError({ code: "API_STALE_METAGRAPH", ...facts }, message);
}
