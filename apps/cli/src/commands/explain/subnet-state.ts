import type { Chain, Metagraph, WeightRow, WeightRules } from "@assay/chain";
import type { EpochInput } from "@assay/core";

/** What an explanation is made from, all of one block. */
export type SubnetState = { readonly metagraph: Metagraph; readonly input: EpochInput };

type Where = { readonly netuid: number; readonly mechid: number };

/** Reads a subnet at the newest finalised block, as the epoch would if it ran there. */
export async function readSubnetState(chain: Chain, { netuid, mechid }: Where): Promise<SubnetState> {
  const { hash: at } = await chain.finalisedHead();
  const [metagraph, rules, weights] = await Promise.all([
    chain.metagraph(netuid, { mechid, at }),
    chain.weightRules(netuid, { mechid, at }),
    chain.weights(netuid, { mechid, at }),
  ]);
  const liveCommitBlock = rules.commitRevealEnabled ? await liveCommits(chain, metagraph) : [];
  return { metagraph, input: epochInput(metagraph, { rules, weights, liveCommitBlock }) };
}

type Rows = {
  readonly rules: WeightRules;
  readonly weights: readonly WeightRow[];
  readonly liveCommitBlock: readonly (number | null)[];
};

/** Input of an epoch as far as incentives depend on it: bonds and what feeds only them are left empty. */
function epochInput(
  { neurons, at, tempo, ownerHotkey }: Metagraph,
  { rules, weights, liveCommitBlock }: Rows,
): EpochInput {
  const owner = neurons.find(({ hotkey }) => hotkey === ownerHotkey);
  return {
    n: neurons.length,
    block: at.block,
    tempo,
    activityCutoffBlocks: rules.activityCutoffBlocks,
    lastEpochRunBlock: 0,
    stakeThreshold: rules.stakeThreshold,
    maxAllowedValidators: rules.maxAllowedValidators,
    kappa: rules.kappa,
    bondsPenalty: 0,
    bondsMovingAverage: 0,
    liquidAlpha: false,
    alphaLow: 0,
    alphaHigh: 0,
    alphaSigmoidSteepness: 0,
    yuma3: false,
    ownerUid: owner?.uid ?? null,
    raoEmission: 0n,
    stake: neurons.map(({ stakeRao }) => stakeRao),
    lastUpdate: neurons.map(({ lastUpdate }) => lastUpdate),
    blockAtRegistration: neurons.map(({ registeredAtBlock }) => registeredAtBlock),
    validatorPermit: neurons.map(({ validatorPermit }) => validatorPermit),
    weights,
    bonds: neurons.map(() => []),
    commitReveal: rules.commitRevealEnabled,
    liveCommitBlock,
  };
}

/** Of each uid the block of its earliest commit that still waits for its reveal; only who may set weights has one. */
function liveCommits(chain: Chain, { netuid, mechid, at, neurons }: Metagraph): Promise<(number | null)[]> {
  return Promise.all(
    neurons.map(async ({ hotkey, validatorPermit }) => {
      if (!validatorPermit) return null;
      const { commits } = await chain.signerState({ netuid, mechid, hotkey }, { at: at.hash });
      return commits.length === 0 ? null : Math.min(...commits.map(({ block }) => block));
    }),
  );
}
