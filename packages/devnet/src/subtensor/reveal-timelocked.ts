import { type DecodedPayload, openWeights } from "@assay/timelock";
import { pulseAt, quietly } from "../drand/stored-pulse.ts";
import { type Context, deposit } from "../runtime/context.ts";
import { attempt } from "../runtime/failure.ts";
import { subtensor } from "../runtime/runtime.ts";
import { bytesToHex } from "../scale/hex.ts";
import { entries, read, remove, write } from "../state/access.ts";
import { commitEpoch } from "./commit-queue.ts";
import { storageIndex, subnetIds } from "./neurons.ts";
import { applyWeights } from "./set-weights.ts";
import type { Timelocked } from "./timelocked-queue.ts";

const { storage } = subtensor;

/**
 * Opens, before a block's epochs, the commits whose epoch has come. One whose pulse is not there yet waits; any other
 * failure is final and leaves no trace, as on the chain.
 */
export function revealTimelocked(context: Context): void {
  for (const netuid of subnetIds(context.state)) {
    const count = read(context.state, storage.MechanismCountCurrent, netuid);
    for (let mecid = 0; mecid < count; mecid += 1) revealMechanism(context, netuid, mecid);
  }
}

function revealMechanism(context: Context, netuid: number, mecid: number): void {
  const { state, block } = context;
  const epoch = commitEpoch(state, { netuid, block }) - read(state, storage.RevealPeriodEpochs, netuid);
  if (epoch < 0n) return;
  const index = storageIndex(netuid, mecid);
  dropOlder(context, index, epoch);
  const queue = read(state, storage.TimelockedWeightCommits, index, epoch);
  if (queue.length === 0) return;
  const waiting = queue.filter((one) => !revealOne(context, { netuid, mecid, index, one }));
  if (waiting.length === 0) remove(state, storage.TimelockedWeightCommits, index, epoch);
  else if (waiting.length < queue.length)
    write(state, storage.TimelockedWeightCommits, [index, epoch, waiting]);
}

function dropOlder({ state }: Context, index: number, epoch: bigint): void {
  for (const [[ofIndex, ofEpoch]] of entries(state, storage.TimelockedWeightCommits)) {
    if (ofIndex === index && ofEpoch < epoch) remove(state, storage.TimelockedWeightCommits, index, ofEpoch);
  }
}

type Item = {
  readonly netuid: number;
  readonly mecid: number;
  readonly index: number;
  readonly one: Timelocked;
};

/** Whether the commit is dealt with, for better or worse. */
function revealOne(context: Context, { netuid, mecid, index, one }: Item): boolean {
  const [who, , commit, round] = one;
  const pulse = pulseAt(context.state, round);
  if (pulse === "missing") return false;
  const payload = pulse === "forged" ? undefined : quietly(() => openWeights(commit, pulse));
  if (payload === undefined || !isBy(payload, who)) return true;
  attempt(context, (inner) => {
    const { uids: dests, values: weights, versionKey: version_key } = payload;
    applyWeights(inner, who, { netuid, mecid, dests, weights, version_key });
    deposit(inner, subtensor, ["TimelockedWeightsRevealed", [index, who]]);
  });
  return true;
}

/** The older form names nobody, and the chain still takes it from whoever committed it. */
function isBy({ hotkey }: DecodedPayload, who: string): boolean {
  return hotkey === null || bytesToHex(hotkey) === who;
}
