import { subtensor } from "../runtime/runtime.ts";
import { read, write } from "../state/access.ts";
import type { State } from "../state/overlay.ts";
import { mechanismIndices } from "../subtensor/neurons.ts";
import { addAlpha, adopt } from "../subtensor/stake.ts";
import type { GenesisNeuron } from "./spec.ts";

const { storage } = subtensor;

/** Registers neurons in uid order on a subnet that has none; keys are hex here. */
export function writeNeurons(state: State, netuid: number, neurons: readonly GenesisNeuron[]): void {
  neurons.forEach((neuron, uid) => writeIdentity(state, { ...neuron, netuid, uid }));
  write(state, storage.SubnetworkN, [netuid, neurons.length]);
  const zeros = neurons.map(() => 0);
  for (const item of [storage.StakeWeight, storage.Consensus, storage.Dividends, storage.ValidatorTrust]) {
    write(state, item, [netuid, zeros]);
  }
  write(state, storage.Emission, [netuid, neurons.map(() => 0n)]);
  write(state, storage.Active, [netuid, neurons.map(() => true)]);
  write(state, storage.ValidatorPermit, [netuid, neurons.map((neuron) => neuron.validatorPermit ?? false)]);
  for (const index of mechanismIndices(state, netuid)) {
    write(state, storage.Incentive, [index, zeros]);
    write(state, storage.LastUpdate, [index, neurons.map(() => 0n)]);
  }
  writeWeights(state, netuid, neurons);
}

/** Weights as old as their target's registration would be masked, so given ones count as set in block 1. */
function writeWeights(state: State, netuid: number, neurons: readonly GenesisNeuron[]): void {
  neurons.forEach(({ weights }, uid) => {
    if (weights !== undefined) write(state, storage.Weights, [netuid, uid, weights]);
  });
  const updates = neurons.map(({ weights }) => (weights === undefined ? 0n : 1n));
  write(state, storage.LastUpdate, [netuid, updates]);
}

function writeIdentity(state: State, neuron: GenesisNeuron & { netuid: number; uid: number }): void {
  const { netuid, uid, hotkey, coldkey, stakeRao = 0n } = neuron;
  write(state, storage.Keys, [netuid, uid, hotkey]);
  write(state, storage.Uids, [netuid, hotkey, uid]);
  write(state, storage.IsNetworkMember, [hotkey, netuid, true]);
  write(state, storage.BlockAtRegistration, [netuid, uid, 0n]);
  adopt(state, hotkey, coldkey);
  addAlpha(state, { hotkey, netuid, amount: stakeRao });
  write(state, storage.SubnetAlphaOut, [netuid, read(state, storage.SubnetAlphaOut, netuid) + stakeRao]);
}
