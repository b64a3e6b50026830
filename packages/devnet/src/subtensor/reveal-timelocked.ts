import { type DecodedPayload, openWeights, type Pulse, TimelockError, verifyPulse } from "@assay/timelock";
import { beaconOf } from "../drand/beacon.ts";
import { type Context, deposit } from "../runtime/context.ts";
import { attempt } from "../runtime/failure.ts";
import { drand, subtensor } from "../runtime/runtime.ts";
import { bytesToHex } from "../scale/hex.ts";
import { entries, read, remove, write } from "../state/access.ts";
import type { StateReader } from "../state/overlay.ts";
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
  const stored = read(context.state, drand.storage.Pulses, round);
  if (stored === undefined) return false;
  const payload = open(commit, pulseOf(context.state, { round: Number(round), signature: stored.signature }));
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

function open(commit: Uint8Array, pulse: Pulse | undefined): DecodedPayload | undefined {
  return pulse === undefined ? undefined : quietly(() => openWeights(commit, pulse));
}

/** The check costs two pairings, and the commits of an epoch mostly share their round. */
let checked: { readonly key: string; readonly pulse: Pulse | undefined } | undefined;

function pulseOf(state: StateReader, signed: { round: number; signature: Uint8Array }): Pulse | undefined {
  const beacon = beaconOf(state);
  const key = `${beacon.chainHash} ${signed.round} ${bytesToHex(signed.signature)}`;
  if (checked?.key !== key) checked = { key, pulse: quietly(() => verifyPulse(beacon, signed)) };
  return checked.pulse;
}

function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof TimelockError) return undefined;
    throw error;
  }
}
