import { nextEpochStart } from "@assay/core";
import { ChainError } from "../errors.ts";
import { flag, optional, whole } from "../runtime/plain.ts";
import type { EpochState } from "../subnet.ts";
import { subnetUnknown } from "./subnet-unknown.ts";
import type { View } from "./view.ts";

/** A subnet's schedule; the runtime's own answer for the next epoch must agree with what we would compute. */
export async function readEpochState(view: View, netuid: number): Promise<EpochState> {
  const [stored, answer] = await Promise.all([
    view.read({
      exists: ["SubtensorModule.NetworksAdded", netuid],
      tempo: ["SubtensorModule.Tempo", netuid],
      epochIndex: ["SubtensorModule.SubnetEpochIndex", netuid],
      lastEpochBlock: ["SubtensorModule.LastEpochBlock", netuid],
      pendingEpochAt: ["SubtensorModule.PendingEpochAt", netuid],
      blocksSinceLastStep: ["SubtensorModule.BlocksSinceLastStep", netuid],
    }),
    view.call(["SubnetInfoRuntimeApi.get_next_epoch_start_block", netuid]),
  ]);
  if (!flag(stored.exists)) throw subnetUnknown({ netuid, mechid: 0, at: view.at });
  const state: EpochState = {
    at: view.at,
    tempo: whole(stored.tempo),
    epochIndex: whole(stored.epochIndex),
    lastEpochBlock: whole(stored.lastEpochBlock),
    pendingEpochAt: whole(stored.pendingEpochAt),
    blocksSinceLastStep: whole(stored.blocksSinceLastStep),
    nextEpochStart: optional(answer, whole),
  };
  assertAgrees(netuid, state);
  return state;
}

/** A disagreement means that the chain's schedule changed under us; whoever times weights by it must hold. */
export function assertAgrees(netuid: number, state: EpochState): void {
  // Neither the last real run nor the model of overdue epochs has a part in the runtime's answer.
  const unused = { lastEpochRunBlock: 0, model: "fixed-limit" } as const;
  const computed = nextEpochStart({ ...state, ...unused, subnetEpochIndex: state.epochIndex });
  if (computed === state.nextEpochStart) return;
  const facts = {
    code: "CHAIN_SCHEDULE_DISAGREES",
    netuid,
    block: state.at.block,
    runtime: String(state.nextEpochStart),
    computed: String(computed),
  } as const;
  const said = `the runtime says ${facts.runtime}, its own state gives ${facts.computed}`;
  throw new ChainError(facts, `The next epoch of subnet ${netuid} is unclear: ${said}`);
}
