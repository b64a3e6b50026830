import { subtensor } from "../runtime/runtime.ts";
import { read, remove, write } from "../state/access.ts";
import type { State, StateReader } from "../state/overlay.ts";
import { mechanismIndices, ownerUid } from "./neurons.ts";

const { storage } = subtensor;

type Candidate = { readonly uid: number; readonly emission: bigint; readonly registered: bigint };

/**
 * The uid a registration on a full subnet takes: lowest emission, then oldest registration, then lowest uid.
 * Immune neurons are spared while more than MinNonImmuneUids others exist; the owner's always.
 */
export function uidToReplace(state: StateReader, at: { netuid: number; block: number }): number | undefined {
  const candidates = listCandidates(state, at.netuid);
  const immunity = BigInt(read(state, storage.ImmunityPeriod, at.netuid));
  const isImmune = (one: Candidate) => BigInt(at.block) - one.registered < immunity;
  const exposed = candidates.filter((one) => !isImmune(one));
  const spares = exposed.length > read(state, storage.MinNonImmuneUids, at.netuid);
  const immune = candidates.filter(isImmune);
  return (spares ? exposed : immune).sort(weakestFirst)[0]?.uid;
}

function listCandidates(state: StateReader, netuid: number): Candidate[] {
  const emission = read(state, storage.Emission, netuid);
  const owner = ownerUid(state, netuid);
  const n = read(state, storage.SubnetworkN, netuid);
  return Array.from({ length: n }, (_, uid) => ({
    uid,
    emission: emission[uid] ?? 0n,
    registered: read(state, storage.BlockAtRegistration, netuid, uid),
  })).filter(({ uid }) => uid !== owner);
}

function weakestFirst(a: Candidate, b: Candidate): number {
  if (a.emission !== b.emission) return a.emission < b.emission ? -1 : 1;
  if (a.registered !== b.registered) return a.registered < b.registered ? -1 : 1;
  return a.uid - b.uid;
}

/** Gives a hotkey a uid that another held: what the old one earned or judged does not pass on. */
export function replaceNeuron(
  state: State,
  neuron: { readonly netuid: number; readonly hotkey: string; readonly block: number },
  uid: number,
): number {
  const { netuid, hotkey, block } = neuron;
  const old = read(state, storage.Keys, netuid, uid);
  remove(state, storage.Uids, netuid, old);
  remove(state, storage.IsNetworkMember, old, netuid);
  remove(state, storage.Axons, netuid, old);
  write(state, storage.Keys, [netuid, uid, hotkey]);
  write(state, storage.Uids, [netuid, hotkey, uid]);
  write(state, storage.IsNetworkMember, [hotkey, netuid, true]);
  write(state, storage.BlockAtRegistration, [netuid, uid, BigInt(block)]);
  clearScores(state, { netuid, uid, block });
  return uid;
}

function clearScores(state: State, at: { netuid: number; uid: number; block: number }): void {
  const { netuid, uid } = at;
  for (const item of [storage.StakeWeight, storage.Consensus, storage.Dividends, storage.ValidatorTrust]) {
    write(state, item, [netuid, replaced(read(state, item, netuid), uid, 0)]);
  }
  write(state, storage.Emission, [netuid, replaced(read(state, storage.Emission, netuid), uid, 0n)]);
  write(state, storage.ValidatorPermit, [
    netuid,
    replaced(read(state, storage.ValidatorPermit, netuid), uid, false),
  ]);
  for (const index of mechanismIndices(state, netuid)) clearMechanism(state, index, at);
}

function clearMechanism(
  state: State,
  index: number,
  { netuid, uid, block }: { netuid: number; uid: number; block: number },
): void {
  write(state, storage.Incentive, [index, replaced(read(state, storage.Incentive, index), uid, 0)]);
  write(state, storage.LastUpdate, [
    index,
    replaced(read(state, storage.LastUpdate, index), uid, BigInt(block)),
  ]);
  remove(state, storage.Weights, index, uid);
  remove(state, storage.Bonds, index, uid);
  const n = read(state, storage.SubnetworkN, netuid);
  for (let from = 0; from < n; from += 1) forgetWeightTo(state, { index, from, uid });
}

/** Weights of others to a replaced uid stay in their rows as zeros. */
function forgetWeightTo(state: State, at: { index: number; from: number; uid: number }): void {
  const row = read(state, storage.Weights, at.index, at.from);
  if (!row.some(([to, value]) => to === at.uid && value !== 0)) return;
  const cleared = row.map(([to, value]) => [to, to === at.uid ? 0 : value] as const);
  write(state, storage.Weights, [at.index, at.from, cleared]);
}

function replaced<T>(values: readonly T[], uid: number, value: T): T[] {
  return values.map((old, i) => (i === uid ? value : old));
}
