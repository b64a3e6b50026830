import { activityCutoffBlocks, type EpochInput, type SparseRow } from "@assay/core";
import { subtensor } from "../runtime/runtime.ts";
import { read } from "../state/access.ts";
import type { StateReader } from "../state/overlay.ts";
import { commitEpoch, liveCommitBlock } from "./commit-queue.ts";
import { hotkeysOf, ownerUid, stakeWeightOf } from "./neurons.ts";

const { storage } = subtensor;

/** Which epoch: the subnet, one of its mechanisms by storage index, the block, and the rao to split. */
export type EpochOf = {
  readonly netuid: number;
  readonly index: number;
  readonly block: number;
  readonly raoEmission: bigint;
};

/** Everything one mechanism's epoch reads, taken from the state. */
export function epochInput(state: StateReader, of: EpochOf): EpochInput {
  return { ...subnetInput(state, of), ...neuronInput(state, of) };
}

type NeuronFields =
  | "stake"
  | "lastUpdate"
  | "blockAtRegistration"
  | "validatorPermit"
  | "weights"
  | "bonds"
  | "liveCommitBlock";

function subnetInput(state: StateReader, of: EpochOf): Omit<EpochInput, NeuronFields> {
  const { netuid, block, raoEmission } = of;
  const tempo = read(state, storage.Tempo, netuid);
  const [alphaLow, alphaHigh] = read(state, storage.AlphaValues, netuid);
  const factorMilli = read(state, storage.ActivityCutoffFactorMilli, netuid);
  return {
    n: read(state, storage.SubnetworkN, netuid),
    block,
    tempo,
    activityCutoffBlocks: activityCutoffBlocks({ factorMilli, tempo }),
    lastEpochRunBlock: Number(read(state, storage.LastMechansimStepBlock, netuid)),
    stakeThreshold: read(state, storage.StakeThreshold),
    maxAllowedValidators: read(state, storage.MaxAllowedValidators, netuid),
    kappa: read(state, storage.Kappa, netuid),
    bondsPenalty: read(state, storage.BondsPenalty, netuid),
    bondsMovingAverage: Number(read(state, storage.BondsMovingAverage, netuid)),
    liquidAlpha: read(state, storage.LiquidAlphaOn, netuid),
    alphaLow,
    alphaHigh,
    alphaSigmoidSteepness: read(state, storage.AlphaSigmoidSteepness, netuid),
    yuma3: read(state, storage.Yuma3On, netuid),
    ownerUid: ownerUid(state, netuid),
    raoEmission,
    commitReveal: read(state, storage.CommitRevealWeightsEnabled, netuid),
  };
}

function neuronInput(state: StateReader, of: EpochOf): Pick<EpochInput, NeuronFields> {
  const { netuid, index } = of;
  const hotkeys = hotkeysOf(state, netuid);
  const permits = read(state, storage.ValidatorPermit, netuid);
  const rows = (item: typeof storage.Weights): SparseRow[] =>
    hotkeys.map((_, uid) => read(state, item, index, uid).map(([to, value]) => [to, value] as const));
  return {
    stake: hotkeys.map((hotkey) => stakeWeightOf(state, hotkey, netuid)),
    lastUpdate: read(state, storage.LastUpdate, index).map(Number),
    blockAtRegistration: hotkeys.map((_, uid) =>
      Number(read(state, storage.BlockAtRegistration, netuid, uid)),
    ),
    validatorPermit: hotkeys.map((_, uid) => permits[uid] ?? false),
    weights: rows(storage.Weights),
    bonds: rows(storage.Bonds),
    liveCommitBlock: commitBlocks(state, of, hotkeys),
  };
}

/** While weights are committed, those older than a target's registration are masked by the commit's block. */
function commitBlocks(state: StateReader, of: EpochOf, hotkeys: readonly string[]): (number | null)[] {
  const { netuid, index, block } = of;
  if (!read(state, storage.CommitRevealWeightsEnabled, netuid)) return [];
  const now = commitEpoch(state, { netuid, block });
  return hotkeys.map((hotkey) => liveCommitBlock(state, { netuid, index, hotkey, now }));
}
