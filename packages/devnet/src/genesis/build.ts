import { credit } from "../balances/accounts.ts";
import { writeBeacon } from "../drand/beacon.ts";
import { balances, subtensor, sudo, timestamp } from "../runtime/runtime.ts";
import { accountFromAddress } from "../scale/ss58.ts";
import { write } from "../state/access.ts";
import { Overlay, type State } from "../state/overlay.ts";
import type { Changes } from "../state/store.ts";
import { openSubnet, start } from "../subtensor/network.ts";
import { checkGenesis } from "./check.ts";
import { invalid } from "./document.ts";
import { writeHyperparameters } from "./hyperparameters.ts";
import { writeNeurons } from "./neurons.ts";
import type { GenesisSpec, GenesisSubnet } from "./spec.ts";

/** The state of block 0. */
export function genesisState(spec: GenesisSpec, startTimeMs: number): Changes {
  checkGenesis(spec);
  const state = new Overlay({ get: () => undefined, keys: () => [] });
  write(state, timestamp.storage.Now, [BigInt(startTimeMs)]);
  writeBeacon(state, startTimeMs);
  write(state, sudo.storage.Key, [account(spec.sudo, "sudo")]);
  writeBalances(state, spec.balances);
  if (spec.stakeThresholdRao !== undefined) {
    write(state, subtensor.storage.StakeThreshold, [spec.stakeThresholdRao]);
  }
  spec.subnets.forEach((subnet, i) => writeSubnet(state, subnet, `subnets[${i}]`));
  return state.changes;
}

function writeBalances(state: State, free: GenesisSpec["balances"]): void {
  let issued = 0n;
  for (const [address, amount] of Object.entries(free)) {
    credit(state, account(address, `balances.${address}`), amount);
    issued += amount;
  }
  write(state, balances.storage.TotalIssuance, [issued]);
}

function writeSubnet(state: State, subnet: GenesisSubnet, path: string): void {
  const { netuid, tempo } = subnet;
  const hotkey = account(subnet.owner.hotkey, `${path}.owner.hotkey`);
  const coldkey = account(subnet.owner.coldkey, `${path}.owner.coldkey`);
  openSubnet(state, { netuid, tempo, block: 0, hotkey, coldkey });
  start(state, { netuid, block: 0 });
  write(state, subtensor.storage.WeightsSetRateLimit, [netuid, BigInt(subnet.weightsRateLimit)]);
  writeHyperparameters(state, netuid, subnet.hyperparameters ?? {});
  const listed = subnet.neurons.map((neuron, i) => ({
    ...neuron,
    hotkey: account(neuron.hotkey, `${path}.neurons[${i}].hotkey`),
    coldkey: account(neuron.coldkey, `${path}.neurons[${i}].coldkey`),
  }));
  const isListed = listed.some((neuron) => neuron.hotkey === hotkey);
  writeNeurons(state, netuid, isListed ? listed : [{ hotkey, coldkey }, ...listed]);
}

/** The account behind an address of the specification, or a refusal that says where it stands. */
export function account(address: string, path: string): string {
  const found = accountFromAddress(address);
  if (found === undefined) throw invalid(path, `${address} is no ss58 address`);
  return found;
}
