import { combineMechanisms, type EpochOutput, epoch, type MechanismEpoch, splitEmissions } from "@assay/core";
import { type Context, deposit } from "../runtime/context.ts";
import { subtensor } from "../runtime/runtime.ts";
import { read, write } from "../state/access.ts";
import type { State } from "../state/overlay.ts";
import { epochInput } from "./epoch-input.ts";
import { mechanismIndices } from "./neurons.ts";
import { payOut } from "./payout.ts";

const { storage } = subtensor;

/** Runs a subnet's epoch: drains the pending amounts, stores what Yuma says, pays. */
export function runEpoch(context: Context, netuid: number): void {
  const pending = drain(context.state, netuid);
  const raoEmission = pending.server + pending.validator + pending.root;
  const epochs = runMechanisms(context, netuid, raoEmission);
  const combined = combineMechanisms(epochs);
  storeScores(context.state, netuid, combined);
  payOut(context, {
    netuid,
    pending,
    server: combined.serverEmission,
    validator: combined.validatorEmission,
  });
}

/** What an epoch finds pending, in rao. */
export type Pending = {
  readonly server: bigint;
  readonly validator: bigint;
  readonly root: bigint;
  readonly owner: bigint;
};

function drain(state: State, netuid: number): Pending {
  const take = (item: typeof storage.PendingOwnerCut): bigint => {
    const amount = read(state, item, netuid);
    write(state, item, [netuid, 0n]);
    return amount;
  };
  return {
    server: take(storage.PendingServerEmission),
    validator: take(storage.PendingValidatorEmission),
    root: take(storage.PendingRootAlphaDivs),
    owner: take(storage.PendingOwnerCut),
  };
}

function runMechanisms(context: Context, netuid: number, raoEmission: bigint): MechanismEpoch[] {
  const { state, block } = context;
  const indices = mechanismIndices(state, netuid);
  const split = read(state, storage.MechanismEmissionSplit, netuid) ?? null;
  const emissions = splitEmissions(raoEmission, { count: indices.length, split });
  return indices.map((index, k) => {
    const emission = emissions[k] ?? 0n;
    const output = epoch(epochInput(state, { netuid, index, block, raoEmission: emission }));
    storeMechanism(context, index, output);
    return { emission, output };
  });
}

function storeMechanism(context: Context, index: number, output: EpochOutput): void {
  write(context.state, storage.Incentive, [index, output.incentive]);
  output.bonds.forEach((row, uid) => write(context.state, storage.Bonds, [index, uid, row]));
  const emissions = output.serverEmission;
  deposit(context, subtensor, ["IncentiveAlphaEmittedToMiners", { netuid: index, emissions }]);
}

function storeScores(state: State, netuid: number, combined: ReturnType<typeof combineMechanisms>): void {
  write(state, storage.Active, [netuid, combined.active]);
  write(state, storage.ValidatorPermit, [netuid, combined.validatorPermit]);
  write(state, storage.StakeWeight, [netuid, combined.stakeWeight]);
  write(state, storage.Consensus, [netuid, combined.consensus]);
  write(state, storage.Dividends, [netuid, combined.dividends]);
  write(state, storage.ValidatorTrust, [netuid, combined.validatorTrust]);
  write(state, storage.Emission, [netuid, combined.emission]);
}
