import {
  afterEpochSlot,
  firstRevealBlock,
  isEpochDue,
  lookAheadEpoch,
  type ScheduleState,
  stepBlock,
} from "@assay/core";
import { type Beacon, beaconFor, COMMIT_REVEAL_VERSION, revealRound, TimelockError } from "@assay/timelock";
import type { EpochState } from "../subnet.ts";
import type { WeightsPlan } from "../weights.ts";
import { refusalOf } from "./refusals.ts";

/** What decides by which call weights reach the chain; all of one block. */
export type PlanState = {
  /** `Yuma` where the runtime knows no other. */
  readonly consensus: string;
  /** Null where weights are set in the open. */
  readonly commitReveal: CommitRevealState | null;
};

/** What decides how weights are committed. */
export type CommitRevealState = {
  readonly genesisHash: string;
  readonly specVersion: number;
  /** The newest block; what is sent now can lie in the next at the earliest. */
  readonly head: { readonly block: number; readonly timeMs: number };
  readonly finalisedBlock: number;
  readonly blockMs: number;
  readonly version: number;
  readonly revealPeriodEpochs: number;
  readonly epoch: EpochState;
  /** What the chain names; decides only where none is pinned. */
  readonly beacon: Beacon | undefined;
  readonly lastStoredRound: number;
  /** Whether the caller asked for a commit by hash, which it must reveal itself. */
  readonly isHashWanted: boolean;
};

type Refused = Extract<WeightsPlan, { kind: "refused" }>;

/** Blocks in which a signed extrinsic may be included: short, so that a lost one is soon provably dead. */
export const ERA_BLOCKS = 16;
/** Shorter ones for commits late in an epoch. */
const COMMIT_ERAS = [ERA_BLOCKS, 8, 4];
/** First version whose own tempo limits the blocks since an epoch ran. */
const TEMPO_LIMIT_SPEC = 470;

/** The way weights take on this subnet now, or why there is none. Plain weights are never a way round commit-reveal. */
export function planWeights({ consensus, commitReveal }: PlanState): WeightsPlan {
  if (consensus !== "Yuma") return unsupportedConsensus(consensus);
  return commitReveal === null ? { kind: "direct", eraBlocks: ERA_BLOCKS } : planCommit(commitReveal);
}

function planCommit(state: CommitRevealState): WeightsPlan {
  const { isHashWanted, version } = state;
  if (state.epoch.tempo === 0) return refusal("NoEpochs", "The tempo is 0: nothing would ever be revealed");
  if (!isHashWanted && version !== COMMIT_REVEAL_VERSION) return otherVersion(version);
  const { commitEpoch, eraBlocks, lastBlock } = commitWindow(state);
  if (eraBlocks === undefined) return tooLate(state, lastBlock);
  const place = { eraBlocks, commitEpoch, revealEpoch: commitEpoch + state.revealPeriodEpochs };
  return isHashWanted ? { kind: "hash", ...place } : timelocked(state, place);
}

/** The epoch a commit is filed under if it is in the next block, and how long that stays so. */
function commitWindow(state: CommitRevealState) {
  const { head, epoch, finalisedBlock } = state;
  const first = head.block + 1;
  const after = afterNextBlock(scheduleOf(state), first);
  const nextSlot = epoch.nextEpochStart ?? first;
  const lastBlock = (nextSlot > first ? nextSlot : first + epoch.tempo) - 1;
  const eraBlocks = COMMIT_ERAS.find((era) => finalisedBlock + era - 1 <= lastBlock);
  return { commitEpoch: lookAheadEpoch(after, first), lastBlock, eraBlocks };
}

function timelocked(
  state: CommitRevealState,
  place: { eraBlocks: number; commitEpoch: number; revealEpoch: number },
): WeightsPlan {
  const { head, blockMs, revealPeriodEpochs, genesisHash, lastStoredRound } = state;
  const commit = { headBlock: head.block, revealPeriodEpochs };
  const revealBlock = firstRevealBlock(scheduleOf(state), commit);
  try {
    const beacon = beaconFor(genesisHash, state.beacon);
    const timing = { headBlock: head.block, headTimeMs: head.timeMs, blockMs, revealBlock };
    const round = revealRound({ beacon, ...timing });
    if (round < lastStoredRound) return roundPassed(round, lastStoredRound);
    return { kind: "timelock", ...place, revealBlock, revealRound: round, beacon };
  } catch (error) {
    if (!(error instanceof TimelockError)) throw error;
    return { kind: "refused", error: error.code, message: error.message, retryable: false, waitBlocks: null };
  }
}

function scheduleOf({ epoch, specVersion }: CommitRevealState): ScheduleState {
  const { tempo, lastEpochBlock, pendingEpochAt, blocksSinceLastStep, epochIndex } = epoch;
  return {
    tempo,
    lastEpochBlock,
    pendingEpochAt,
    blocksSinceLastStep,
    subnetEpochIndex: epochIndex,
    // Has no part in when epochs are due.
    lastEpochRunBlock: 0,
    model: specVersion >= TEMPO_LIMIT_SPEC ? "tempo-limit" : "fixed-limit",
  };
}

function afterNextBlock(state: ScheduleState, block: number): ScheduleState {
  const stepped = stepBlock(state);
  return isEpochDue(stepped, block) ? afterEpochSlot(stepped, { block, hasRun: true }) : stepped;
}

function unsupportedConsensus(consensus: string): Refused {
  if (consensus !== "Null") return refusal("UnknownConsensus", `The subnet's epochs run ${consensus}`);
  return refusal("NullConsensus", "The subnet runs no Yuma Consensus: one validator decides alone");
}

function otherVersion(version: number): Refused {
  const says = `The chain asks for commit-reveal version ${version}, this is version ${COMMIT_REVEAL_VERSION}`;
  return refusal("IncorrectCommitRevealVersion", says);
}

function tooLate({ head }: CommitRevealState, lastBlock: number): Refused {
  const says = `The epoch's last block is ${lastBlock}, and the head is ${head.block}`;
  return refusal("TooLateInEpoch", says, Math.max(1, lastBlock + 1 - head.block));
}

function roundPassed(round: number, lastStored: number): Refused {
  const says = `Round ${round} would be used, but the chain already has ${lastStored}`;
  return refusal("InvalidRevealRound", says);
}

function refusal(error: string, says: string, waitBlocks: number | null = null): Refused {
  const { retryable, advice } = refusalOf(error);
  return { kind: "refused", error, message: `${says}: ${advice}`, retryable, waitBlocks };
}
