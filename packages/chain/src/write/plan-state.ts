import { mechanismStorageIndex } from "@assay/core";
import { type Beacon, PINNED_BEACONS } from "@assay/timelock";
import { hexToString } from "@polkadot/util";
import { readEpochState } from "../read/epoch-state.ts";
import { type Node, type View, viewAt } from "../read/view.ts";
import { asHex } from "../runtime/metadata.ts";
import { address, field, flag, list, type Plain, whole } from "../runtime/plain.ts";
import type { SetWeightsRequest } from "../weights.ts";
import type { CommitRevealState, PlanState } from "./plan.ts";

/** Time between blocks of every public network. */
const PUBLIC_BLOCK_MS = 12_000;
const CONSENSUS = "SubtensorModule.SubnetEpochConsensus";

export type Wanted = Pick<SetWeightsRequest, "netuid" | "hashCommit">;

/** Reads what {@link planWeights} decides by, all at the view's block. */
export async function readPlanState(
  node: Node,
  view: View,
  wanted: Wanted & { finalisedBlock: number },
): Promise<PlanState> {
  const { netuid } = wanted;
  const { enabled } = await view.read({ enabled: ["SubtensorModule.CommitRevealWeightsEnabled", netuid] });
  const consensus = await readConsensus(view, netuid);
  return { consensus, commitReveal: flag(enabled) ? await readCommitReveal(node, view, wanted) : null };
}

async function readCommitReveal(
  node: Node,
  view: View,
  { netuid, hashCommit, finalisedBlock }: Wanted & { finalisedBlock: number },
): Promise<CommitRevealState> {
  const [epoch, found] = await Promise.all([
    readEpochState(view, netuid),
    view.read({
      now: ["Timestamp.Now"],
      version: ["SubtensorModule.CommitRevealWeightsVersion"],
      period: ["SubtensorModule.RevealPeriodEpochs", netuid],
      beacon: ["Drand.BeaconConfig"],
      lastRound: ["Drand.LastStoredRound"],
    }),
  ]);
  const timeMs = whole(found.now);
  return {
    genesisHash: node.link.genesisHash,
    specVersion: view.runtime.specVersion,
    head: { block: view.at.block, timeMs },
    finalisedBlock,
    blockMs: await readBlockMs(node, view, timeMs),
    version: whole(found.version),
    revealPeriodEpochs: whole(found.period),
    epoch,
    beacon: parseBeacon(found.beacon),
    lastStoredRound: whole(found.lastRound),
    isHashWanted: hashCommit !== undefined,
  };
}

/** Which consensus a subnet's epochs run; older runtimes know only one and do not say. */
export async function readConsensus(view: View, netuid: number): Promise<string> {
  if (!view.has(CONSENSUS)) return "Yuma";
  const { consensus } = await view.read({ consensus: [CONSENSUS, netuid] });
  return typeof consensus.value === "string" ? consensus.value : JSON.stringify(consensus.value);
}

/** How many timelocked commits of a hotkey wait under one epoch, the fullest of those a commit may fall in now. */
export async function countCommits(
  view: View,
  who: { netuid: number; mechid: number; hotkey: string; epochIndex: number },
): Promise<number> {
  const index = mechanismStorageIndex(who.netuid, who.mechid);
  const epochs = [who.epochIndex, who.epochIndex + 1];
  const queues = await view.readList(
    epochs.map((epoch) => ["SubtensorModule.TimelockedWeightCommits", index, epoch] as const),
  );
  const owners = queues.map((queue) => list(queue, (entry) => list(entry, (part) => part)[0]));
  return Math.max(
    ...owners.map((all) => all.filter((owner) => owner && address(owner) === who.hotkey).length),
  );
}

/** A development chain may be of any pace; two of its blocks tell. */
async function readBlockMs(node: Node, view: View, timeMs: number): Promise<number> {
  if (Object.hasOwn(PINNED_BEACONS, node.link.genesisHash)) return PUBLIC_BLOCK_MS;
  if (view.at.block < 2) return PUBLIC_BLOCK_MS;
  const hash = asHex(await node.link.ask("chain_getBlockHash", view.at.block - 1));
  const { now } = await (await viewAt(node, hash)).read({ now: ["Timestamp.Now"] });
  return Math.max(1, timeMs - whole(now));
}

/** The beacon the chain names; undefined if it names none. */
function parseBeacon(config: Plain): Beacon | undefined {
  const hex = (name: string) => asHex(field(config, name).value);
  if (hex("publicKey") === "0x") return undefined;
  return {
    id: hexToString(asHex(field(field(config, "metadata"), "beaconId").value)),
    scheme: hexToString(hex("schemeId")),
    publicKey: hex("publicKey"),
    genesisTime: whole(field(config, "genesisTime")),
    periodSeconds: whole(field(config, "period")),
    groupHash: hex("groupHash"),
    chainHash: hex("hash"),
  };
}
