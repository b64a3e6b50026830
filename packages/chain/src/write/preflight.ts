import type { WeightRow } from "../subnet.ts";
import type { PreflightFinding, SetWeightsRequest } from "../weights.ts";
import { refusalOf } from "./refusals.ts";

/** What the chain looks at before it takes weights, as the newest block has it. */
export type PreflightState = {
  /** The newest block; what is sent now can lie in the next at the earliest. */
  readonly block: number;
  readonly subnetExists: boolean;
  readonly mechanismCount: number;
  readonly n: number;
  readonly commitRevealEnabled: boolean;
  /** Timelocked commits of the sender that wait under one epoch. */
  readonly unrevealedCommits: number;
  readonly weightsVersionKey: bigint;
  readonly weightsRateLimit: number;
  readonly minAllowedWeights: number;
  readonly stakeThreshold: bigint;
  readonly isOwnerHotkey: boolean;
  /** The sender's place on the subnet, null when it is not registered. */
  readonly neuron: {
    readonly uid: number;
    readonly stakeRao: bigint;
    readonly validatorPermit: boolean;
    readonly lastUpdate: number;
  } | null;
};

export type PreflightInput = {
  readonly state: PreflightState;
  readonly request: Omit<SetWeightsRequest, "signer"> & { readonly hotkey: string };
};

/** Commits of one hotkey that the chain lets wait. */
const MOST_UNREVEALED = 10;

type Check = (input: PreflightInput) => Complaint | null;
type Complaint = { error: string; says: string; waitBlocks?: number };

/** The chain's checks in the chain's order; those before the subnet is known to exist come first. */
const BEFORE_SUBNET: readonly Check[] = [root, existence];
const ON_SUBNET: readonly Check[] = [
  rowLength,
  registration,
  stake,
  versionKey,
  rateLimit,
  unrevealed,
  permit,
  duplicates,
  uids,
  minimumLength,
];

/** Every refusal the chain would give to this request, in its order; empty when it would be taken. */
export function preflight(input: PreflightInput): PreflightFinding[] {
  const first = findings(BEFORE_SUBNET, input);
  // Without the subnet nothing else about it can be judged.
  return isPresent(input) ? [...first, ...findings(ON_SUBNET, input)] : first;
}

function findings(checks: readonly Check[], input: PreflightInput): PreflightFinding[] {
  return checks.flatMap((check) => {
    const complaint = check(input);
    return complaint === null ? [] : [findingOf(complaint)];
  });
}

function findingOf({ error, says, waitBlocks }: Complaint): PreflightFinding {
  const { retryable, advice } = refusalOf(error);
  return { error, message: `${says}: ${advice}`, retryable, waitBlocks: waitBlocks ?? null };
}

function root({ request }: PreflightInput): Complaint | null {
  return request.netuid === 0 ? { error: "CanNotSetRootNetworkWeights", says: "Subnet 0 is the root" } : null;
}

function existence(input: PreflightInput): Complaint | null {
  if (isPresent(input)) return null;
  const { netuid, mechid } = input.request;
  const count = input.state.subnetExists ? `has ${input.state.mechanismCount} mechanisms` : "does not exist";
  return {
    error: "MechanismDoesNotExist",
    says: `Mechanism ${mechid} was asked for, but subnet ${netuid} ${count}`,
  };
}

function rowLength({ state, request }: PreflightInput): Complaint | null {
  const { length } = request.row;
  if (length <= state.n) return null;
  return {
    error: "UidsLengthExceedUidsInSubNet",
    says: `The row has ${length} entries, the subnet ${state.n} uids`,
  };
}

function registration({ state, request }: PreflightInput): Complaint | null {
  if (state.neuron !== null) return null;
  return {
    error: "HotKeyNotRegisteredInSubNet",
    says: `${request.hotkey} is not registered on subnet ${request.netuid}`,
  };
}

function stake({ state }: PreflightInput): Complaint | null {
  const { neuron, stakeThreshold } = state;
  if (neuron === null || state.isOwnerHotkey || neuron.stakeRao >= stakeThreshold) return null;
  const says = `The stake weight is ${neuron.stakeRao} rao, asked for are ${stakeThreshold}`;
  return { error: "NotEnoughStakeToSetWeights", says };
}

function versionKey({ state, request }: PreflightInput): Complaint | null {
  const { weightsVersionKey } = state;
  if (weightsVersionKey === 0n || request.versionKey >= weightsVersionKey) return null;
  const says = `The version key is ${request.versionKey}, asked for is ${weightsVersionKey}`;
  return { error: "IncorrectWeightVersionKey", says };
}

function rateLimit({ state }: PreflightInput): Complaint | null {
  const { neuron, weightsRateLimit, block, commitRevealEnabled } = state;
  if (neuron === null || neuron.lastUpdate === 0) return null;
  const waitBlocks = neuron.lastUpdate + weightsRateLimit - (block + 1);
  if (waitBlocks <= 0) return null;
  const [error, verb] = commitRevealEnabled
    ? ["CommittingWeightsTooFast", "committed"]
    : ["SettingWeightsTooFast", "set"];
  const says = `Weights were ${verb} at block ${neuron.lastUpdate}, the limit is ${weightsRateLimit} blocks`;
  return { error, says: `${says}, ${waitBlocks} are missing`, waitBlocks };
}

function unrevealed({ state }: PreflightInput): Complaint | null {
  const { commitRevealEnabled, unrevealedCommits } = state;
  if (!commitRevealEnabled || unrevealedCommits < MOST_UNREVEALED) return null;
  return { error: "TooManyUnrevealedCommits", says: `${unrevealedCommits} commits wait for their reveal` };
}

function permit({ state, request }: PreflightInput): Complaint | null {
  const { neuron } = state;
  if (neuron === null || neuron.validatorPermit || state.isOwnerHotkey) return null;
  if (isSelfWeight(request.row, neuron.uid)) return null;
  return { error: "NeuronNoValidatorPermit", says: `Uid ${neuron.uid} has no validator permit` };
}

function duplicates({ request }: PreflightInput): Complaint | null {
  const uidsOfRow = request.row.map(([uid]) => uid);
  const twice = uidsOfRow.find((uid, index) => uidsOfRow.indexOf(uid) !== index);
  return twice === undefined
    ? null
    : { error: "DuplicateUids", says: `Uid ${twice} stands in the row twice` };
}

function uids({ state, request }: PreflightInput): Complaint | null {
  const unknown = request.row.map(([uid]) => uid).filter((uid) => uid >= state.n);
  if (unknown.length === 0) return null;
  return {
    error: "UidVecContainInvalidOne",
    says: `The subnet has ${state.n} uids, without ${unknown.join(", ")}`,
  };
}

function minimumLength({ state, request }: PreflightInput): Complaint | null {
  const least = Math.min(state.n, state.minAllowedWeights);
  const { length } = request.row;
  if (length >= least || (state.neuron !== null && isSelfWeight(request.row, state.neuron.uid))) return null;
  return {
    error: "WeightVecLengthIsLow",
    says: `The row has ${length} entries, asked for are at least ${least}`,
  };
}

function isPresent({ state, request }: PreflightInput): boolean {
  return state.subnetExists && request.mechid < state.mechanismCount;
}

/** One entry, for the sender itself: allowed without a permit and at any minimum. */
function isSelfWeight(row: WeightRow, uid: number): boolean {
  return row.length === 1 && row[0]?.[0] === uid;
}
