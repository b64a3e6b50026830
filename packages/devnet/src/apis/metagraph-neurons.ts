import { stakeWeight } from "@assay/core";
import { registrationType } from "../pallets/commitments.ts";
import { commitments, subtensor } from "../runtime/runtime.ts";
import { encode } from "../scale/type.ts";
import { read } from "../state/access.ts";
import type { StateReader } from "../state/overlay.ts";
import { stakeWeightOf } from "../subtensor/neurons.ts";
import type { FieldReaders, MetagraphOf, NeuronField } from "./metagraph-fields.ts";

const { storage } = subtensor;
const ROOT = 0;

const NO_AXON = {
  block: 0n,
  version: 0,
  ip: 0n,
  port: 0,
  ip_type: 0,
  protocol: 0,
  placeholder1: 0,
  placeholder2: 0,
};

/** One value per uid. Pruning score, trust and rank are no longer computed by the runtime: empty lists. */
export const neuronFields: FieldReaders<NeuronField> = {
  hotkeys: (_view, { hotkeys }) => hotkeys,
  coldkeys: ({ state }, { hotkeys }) => hotkeys.map((hotkey) => read(state, storage.Owner, hotkey)),
  identities: ({ state }, { hotkeys }) =>
    hotkeys.map((hotkey) => read(state, storage.IdentitiesV2, read(state, storage.Owner, hotkey)) ?? null),
  axons: ({ state }, { netuid, hotkeys }) =>
    hotkeys.map((hotkey) => read(state, storage.Axons, netuid, hotkey) ?? NO_AXON),
  active: ({ state }, { netuid }) => read(state, storage.Active, netuid),
  validator_permit: ({ state }, { netuid }) => read(state, storage.ValidatorPermit, netuid),
  pruning_score: () => [],
  last_update: ({ state }, { index }) => read(state, storage.LastUpdate, index),
  emission: ({ state }, { netuid }) => read(state, storage.Emission, netuid),
  dividends: ({ state }, { netuid }) => read(state, storage.Dividends, netuid),
  incentives: ({ state }, { index }) => read(state, storage.Incentive, index),
  consensus: ({ state }, { netuid }) => read(state, storage.Consensus, netuid),
  trust: () => [],
  rank: () => [],
  block_at_registration: ({ state }, { netuid, hotkeys }) =>
    hotkeys.map((_, uid) => read(state, storage.BlockAtRegistration, netuid, uid)),
  alpha_stake: ({ state }, { netuid, hotkeys }) =>
    hotkeys.map((hotkey) => read(state, storage.TotalHotkeyAlpha, hotkey, netuid)),
  tao_stake: ({ state }, { hotkeys }) => hotkeys.map((hotkey) => rootWeight(state, hotkey)),
  total_stake: ({ state }, { netuid, hotkeys }) =>
    hotkeys.map((hotkey) => stakeWeightOf(state, hotkey, netuid)),
  tao_dividends_per_hotkey: () => [],
  alpha_dividends_per_hotkey: ({ state }, { netuid, hotkeys }) =>
    hotkeys.map((hotkey) => [hotkey, read(state, storage.AlphaDividendsPerSubnet, netuid, hotkey)] as const),
  validators: ({ state }, of) => validatorsByStake(state, of),
  commitments: ({ state }, { netuid, hotkeys }) =>
    hotkeys.flatMap((hotkey) => {
      const stored = read(state, commitments.storage.CommitmentOf, netuid, hotkey);
      return stored === undefined ? [] : [[hotkey, [...encode(registrationType, stored)]] as const];
    }),
};

/** What root stake adds to a stake weight. */
function rootWeight(state: StateReader, hotkey: string): bigint {
  const tao = read(state, storage.TotalHotkeyAlpha, hotkey, ROOT);
  return stakeWeight({ alpha: 0n, tao, taoWeight: read(state, storage.TaoWeight) });
}

/** Uids that hold a permit and enough stake, least stake first. */
function validatorsByStake(state: StateReader, { netuid, hotkeys }: MetagraphOf): number[] {
  const permits = read(state, storage.ValidatorPermit, netuid);
  const threshold = read(state, storage.StakeThreshold);
  return hotkeys
    .map((hotkey, uid) => ({ uid, stake: stakeWeightOf(state, hotkey, netuid) }))
    .filter(({ uid, stake }) => permits[uid] === true && stake >= threshold)
    .sort((a, b) => (a.stake === b.stake ? a.uid - b.uid : a.stake < b.stake ? -1 : 1))
    .map(({ uid }) => uid);
}
