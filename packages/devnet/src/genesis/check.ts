import { invalid } from "./document.ts";
import type { GenesisSpec, GenesisSubnet } from "./spec.ts";

const MAX_NETUID = 4_095;
const U16_MAX = 65_535;
const DEFAULT_MAX_UIDS = 256;

/** Refuses a genesis that contradicts itself, with the place that does. */
export function checkGenesis(spec: GenesisSpec): void {
  const seen = new Set<number>();
  spec.subnets.forEach((subnet, i) => {
    const path = `subnets[${i}]`;
    if (seen.has(subnet.netuid)) throw invalid(`${path}.netuid`, `${subnet.netuid} is there twice`);
    seen.add(subnet.netuid);
    checkSubnet(subnet, path);
  });
}

function checkSubnet(subnet: GenesisSubnet, path: string): void {
  const { netuid, tempo, neurons, owner, hyperparameters } = subnet;
  if (netuid < 1 || netuid > MAX_NETUID)
    throw invalid(`${path}.netuid`, `${netuid} is not in 1..${MAX_NETUID}`);
  if (tempo > U16_MAX) throw invalid(`${path}.tempo`, `${tempo} is more than ${U16_MAX}`);
  const hotkeys = new Set<string>();
  neurons.forEach(({ hotkey }, uid) => {
    if (hotkeys.has(hotkey)) throw invalid(`${path}.neurons[${uid}].hotkey`, `${hotkey} is there twice`);
    hotkeys.add(hotkey);
  });
  hotkeys.add(owner.hotkey);
  const limit = hyperparameters?.maxAllowedUids ?? DEFAULT_MAX_UIDS;
  if (hotkeys.size > limit)
    throw invalid(`${path}.neurons`, `${hotkeys.size} neurons, maxAllowedUids is ${limit}`);
}
