import type { ApiCall } from "../runtime/api.ts";
import { address, amount, field, flag, list, type Plain, whole } from "../runtime/plain.ts";
import type { Metagraph, Neuron } from "../subnet.ts";
import { subnetUnknown } from "./subnet-unknown.ts";
import type { View } from "./view.ts";

/** Fields of a selective metagraph by index: what a subnet and its neurons are made of here. */
const SELECTION = [5, 6, 8, 52, 53, 56, 57, 59, 60, 61, 62, 63, 66, 69];

/** A subnet and its neurons, all as one block saw them. */
export async function readMetagraph(
  view: View,
  { netuid, mechid }: { netuid: number; mechid: number },
): Promise<Metagraph> {
  const [graph, stored] = await Promise.all([
    view.call(metagraphCall(netuid, mechid)),
    view.read({
      exists: ["SubtensorModule.NetworksAdded", netuid],
      mechanisms: ["SubtensorModule.MechanismCountCurrent", netuid],
      stakeWeight: ["SubtensorModule.StakeWeight", netuid],
      validatorTrust: ["SubtensorModule.ValidatorTrust", netuid],
    }),
  ]);
  if (!flag(stored.exists) || mechid >= whole(stored.mechanisms))
    throw subnetUnknown({ netuid, mechid, at: view.at });
  return {
    netuid,
    mechid,
    at: view.at,
    tempo: whole(field(graph, "tempo")),
    ownerHotkey: address(field(graph, "ownerHotkey")),
    ownerColdkey: address(field(graph, "ownerColdkey")),
    neurons: neuronsOf(graph, stored),
  };
}

function metagraphCall(netuid: number, mechid: number): ApiCall {
  return mechid === 0
    ? ["SubnetInfoRuntimeApi.get_selective_metagraph", netuid, SELECTION]
    : ["SubnetInfoRuntimeApi.get_selective_mechagraph", netuid, mechid, SELECTION];
}

function neuronsOf(graph: Plain, stored: { stakeWeight: Plain; validatorTrust: Plain }): Neuron[] {
  const hotkeys = list(field(graph, "hotkeys"), address);
  const coldkey = column(field(graph, "coldkeys"), address, "");
  const registeredAtBlock = column(field(graph, "blockAtRegistration"), whole, 0);
  const active = column(field(graph, "active"), flag, false);
  const validatorPermit = column(field(graph, "validatorPermit"), flag, false);
  const stakeWeight = column(stored.stakeWeight, whole, 0);
  const stakeRao = column(field(graph, "totalStake"), amount, 0n);
  const consensus = column(field(graph, "consensus"), whole, 0);
  const incentive = column(field(graph, "incentives"), whole, 0);
  const dividends = column(field(graph, "dividends"), whole, 0);
  const validatorTrust = column(stored.validatorTrust, whole, 0);
  const emissionRao = column(field(graph, "emission"), amount, 0n);
  const lastUpdate = column(field(graph, "lastUpdate"), whole, 0);
  return hotkeys.map((hotkey, uid) => ({
    uid,
    hotkey,
    coldkey: coldkey(uid),
    registeredAtBlock: registeredAtBlock(uid),
    active: active(uid),
    validatorPermit: validatorPermit(uid),
    stakeWeight: stakeWeight(uid),
    stakeRao: stakeRao(uid),
    consensus: consensus(uid),
    incentive: incentive(uid),
    dividends: dividends(uid),
    validatorTrust: validatorTrust(uid),
    emissionRao: emissionRao(uid),
    lastUpdate: lastUpdate(uid),
  }));
}

/** One value per uid; the chain's lists may be shorter than the subnet until an epoch has run, which means zero. */
function column<T>(values: Plain, read: (element: Plain) => T, missing: T): (uid: number) => T {
  const known = list(values, read);
  return (uid) => known[uid] ?? missing;
}
