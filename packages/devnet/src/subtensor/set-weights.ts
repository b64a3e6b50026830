import { isMaxLimited, maxUpscaleU16 } from "@assay/core";
import { type Context, deposit, ensure, type Origin, signer } from "../runtime/context.ts";
import { subtensor } from "../runtime/runtime.ts";
import { read, write } from "../state/access.ts";
import type { StateReader } from "../state/overlay.ts";
import {
  hasWeightsStake,
  isWithinRate,
  mechanismExists,
  ownerUid,
  storageIndex,
  touchLastUpdate,
} from "./neurons.ts";

const { storage } = subtensor;
const ROOT = 0;

/** One validator's weights for one mechanism, as the calls carry them. */
export type WeightsInput = {
  readonly netuid: number;
  readonly mecid: number;
  readonly dests: readonly number[];
  readonly weights: readonly number[];
  readonly version_key: bigint;
};

/** `set_weights` and `set_mechanism_weights`: refused while weights go by commit and reveal. */
export function setWeights(context: Context, origin: Origin, input: WeightsInput): void {
  const commitReveal = read(context.state, storage.CommitRevealWeightsEnabled, input.netuid);
  ensure(!commitReveal, subtensor, "CommitRevealEnabled");
  applyWeights(context, signer(origin), input);
}

/** Checks one row in the chain's order and stores it, scaled so that its largest entry is 65535. */
export function applyWeights(context: Context, hotkey: string, input: WeightsInput): void {
  const { state, block } = context;
  const { netuid, mecid, dests, weights } = input;
  ensure(netuid !== ROOT, subtensor, "CanNotSetRootNetworkWeights");
  ensure(dests.length === weights.length, subtensor, "WeightVecNotEqualSize");
  ensure(mechanismExists(state, netuid, mecid), subtensor, "MechanismDoesNotExist");
  const n = read(state, storage.SubnetworkN, netuid);
  ensure(dests.length <= n, subtensor, "UidsLengthExceedUidsInSubNet");
  const uid = read(state, storage.Uids, netuid, hotkey);
  ensure(uid !== undefined, subtensor, "HotKeyNotRegisteredInSubNet");
  ensure(hasWeightsStake(state, hotkey, netuid), subtensor, "NotEnoughStakeToSetWeights");
  ensure(acceptsVersion(state, input), subtensor, "IncorrectWeightVersionKey");
  const commitReveal = read(state, storage.CommitRevealWeightsEnabled, netuid);
  const isInTime = commitReveal || isWithinRate(state, { netuid, mecid, uid, block });
  ensure(isInTime, subtensor, "SettingWeightsTooFast");
  checkRow(state, { ...input, uid, n });
  storeRow(context, { ...input, uid, touches: !commitReveal });
}

function acceptsVersion(state: StateReader, input: WeightsInput): boolean {
  const required = read(state, storage.WeightsVersionKey, input.netuid);
  return required === 0n || input.version_key >= required;
}

function checkRow(state: StateReader, row: WeightsInput & { uid: number; n: number }): void {
  const { netuid, uid, n, dests, weights } = row;
  const isSelfOnly = dests.length === 1 && dests[0] === uid;
  const hasPermit = read(state, storage.ValidatorPermit, netuid)[uid] ?? false;
  const mayJudge = hasPermit || uid === ownerUid(state, netuid) || isSelfOnly;
  ensure(mayJudge, subtensor, "NeuronNoValidatorPermit");
  ensure(new Set(dests).size === dests.length, subtensor, "DuplicateUids");
  ensure(
    dests.every((dest) => dest < n),
    subtensor,
    "UidVecContainInvalidOne",
  );
  const needed = Math.min(n, read(state, storage.MinAllowedWeights, netuid));
  ensure(dests.length >= needed || isSelfOnly, subtensor, "WeightVecLengthIsLow");
  const limit = read(state, storage.MaxWeightsLimit, netuid);
  ensure(isSelfOnly || isMaxLimited(maxUpscaleU16(weights), limit), subtensor, "MaxWeightExceeded");
}

function storeRow(context: Context, row: WeightsInput & { uid: number; touches: boolean }): void {
  const { state, block } = context;
  const index = storageIndex(row.netuid, row.mecid);
  const scaled = maxUpscaleU16(row.weights);
  const pairs = row.dests.map((dest, i) => [dest, scaled[i] ?? 0] as const);
  write(state, storage.Weights, [index, row.uid, pairs]);
  if (row.touches) touchLastUpdate(state, { index, uid: row.uid, block });
  deposit(context, subtensor, ["WeightsSet", [index, row.uid]]);
}
