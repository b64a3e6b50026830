/** A registered slot of the subnet. */
export type Neuron = { readonly uid: number; readonly hotkey: string; readonly coldkey: string };

/** Who owns the subnet, as read from chain; null where the chain names nobody. */
export type SubnetOwner = { readonly ownerHotkey: string | null; readonly ownerColdkey: string | null };

/**
 * The uid that burns: the owner's hotkey, else the lowest uid of the owner's coldkey; undefined if neither is
 * registered. The chain withholds the incentive of the owner's hotkeys, so weight on them pays nobody.
 */
export function burnTarget(
  neurons: readonly Neuron[],
  { ownerHotkey, ownerColdkey }: SubnetOwner,
): number | undefined {
  const byHotkey = neurons.find(({ hotkey }) => hotkey === ownerHotkey);
  if (byHotkey !== undefined) return byHotkey.uid;
  const uids = neurons.filter(({ coldkey }) => coldkey === ownerColdkey).map(({ uid }) => uid);
  return uids.length === 0 ? undefined : Math.min(...uids);
}
