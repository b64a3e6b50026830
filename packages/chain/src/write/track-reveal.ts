import { lookAheadEpoch, mechanismStorageIndex } from "@assay/core";
import type { Vec } from "@polkadot/types";
import type { EventRecord } from "@polkadot/types/interfaces";
import { hexToU8a } from "@polkadot/util";
import { ChainError, factsOf } from "../errors.ts";
import { readEpochState } from "../read/epoch-state.ts";
import { finalisedHeader, type Node, type View, viewAt, viewOf } from "../read/view.ts";
import { parseRow, weightsItem } from "../read/weights.ts";
import { unknownBlock } from "../rpc/at-block.ts";
import { decoded } from "../runtime/decoded.ts";
import { optional, whole } from "../runtime/plain.ts";
import type { WeightRow } from "../subnet.ts";
import type { Commit, RevealFate } from "../weights.ts";
import { timelockedUnder } from "./commit.ts";
import { storedRow } from "./request.ts";

/**
 * What became of a timelocked commit: it waits in its queue until the chain opens it, which succeeds with an event or
 * fails without a word. The block in which it left the queue tells which.
 */
export async function trackReveal(node: Node, commit: Commit, row: WeightRow): Promise<RevealFate> {
  assertTimelocked(commit);
  const header = await finalisedHeader(node.link);
  const view = await viewOf(node, header);
  if (await isWaiting(view, commit)) return waiting(view, commit);
  try {
    const left = await leftIn(node, commit, header.block);
    const isRevealed = (await isAnnounced(left, commit)) && (await isShown(left, commit, row));
    return isRevealed ? { kind: "revealed", at: left.at } : lost(left, commit);
  } catch (error) {
    // Nodes forget old state; the row itself is then the only witness left.
    if (factsOf(error, "CHAIN_BLOCK_UNKNOWN") === undefined) throw error;
    return (await isShown(view, commit, row)) ? { kind: "revealed", at: view.at } : lost(view, commit);
  }
}

/** A commit by hash is revealed by an extrinsic of its own, whose outcome says what became of it. */
function assertTimelocked({ kind }: Commit): void {
  if (kind === "timelock") return;
  const problem = "a commit by hash is revealed with signReveal and submit";
  throw new ChainError({ code: "CHAIN_REQUEST_INVALID", field: "commit", problem }, `commit: ${problem}`);
}

async function isWaiting(view: View, commit: Commit): Promise<boolean> {
  const places = await timelockedUnder(view, commit);
  return places.some(({ commitHash }) => commitHash === commit.commitHash);
}

async function waiting(view: View, { netuid, epoch }: Commit): Promise<RevealFate> {
  const { period } = await view.read({ period: ["SubtensorModule.RevealPeriodEpochs", netuid] });
  return { kind: "pending", epoch: await epochAfter(view, netuid), revealEpoch: epoch + whole(period) };
}

/** The epoch the next block looks from. */
async function epochAfter(view: View, netuid: number): Promise<number> {
  const { epochIndex, ...state } = await readEpochState(view, netuid);
  const unused = { lastEpochRunBlock: 0, model: "fixed-limit" } as const;
  return lookAheadEpoch({ ...state, ...unused, subnetEpochIndex: epochIndex }, view.at.block + 1);
}

/** The first block whose state no longer has the commit, found by halving. */
async function leftIn(node: Node, commit: Commit, newest: number): Promise<View> {
  let [present, gone] = [commit.block, newest];
  while (gone - present > 1) {
    const middle = Math.floor((present + gone) / 2);
    if (await isWaiting(await viewAtHeight(node, middle), commit)) present = middle;
    else gone = middle;
  }
  return viewAtHeight(node, gone);
}

async function viewAtHeight(node: Node, block: number): Promise<View> {
  const hash = await node.link.ask("chain_getBlockHash", block);
  if (typeof hash !== "string") throw unknownBlock(String(block));
  return viewAt(node, hash);
}

/** Whether a block's own events say that it revealed this hotkey's weights. */
async function isAnnounced(view: View, { netuid, mechid, hotkey }: Commit): Promise<boolean> {
  const bytes = hexToU8a((await view.readBytes(["System.Events"])) ?? "0x00");
  const decode = () => view.runtime.registry.createType<Vec<EventRecord>>("Vec<EventRecord>", bytes);
  const index = String(mechanismStorageIndex(netuid, mechid));
  return decoded("System.Events", decode).some(
    ({ event }) =>
      event.method === "TimelockedWeightsRevealed" &&
      event.data[0]?.toString() === index &&
      event.data[1]?.toString() === hotkey,
  );
}

async function isShown(view: View, { netuid, mechid, hotkey }: Commit, row: WeightRow): Promise<boolean> {
  const { uid } = await view.read({ uid: ["SubtensorModule.Uids", netuid, hotkey] });
  const slot = optional(uid, whole);
  if (slot === null) return false;
  const { stored } = await view.read({ stored: weightsItem({ netuid, mechid, uid: slot }) });
  return JSON.stringify(parseRow(stored)) === JSON.stringify(storedRow(row));
}

function lost({ at }: View, { commitHash, epoch }: Commit): RevealFate {
  const reason =
    `Commit ${commitHash} of epoch ${epoch} is gone by block ${at.block} and was not revealed as it was meant: ` +
    "wrong round, another hotkey, changed bytes, or refused like any weights at that moment";
  return { kind: "lost", at, reason };
}
