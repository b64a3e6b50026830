import { createEpochKernel } from "../consensus/fast/fast-epoch.ts";
import type { EpochInput, EpochOutput, SparseRow } from "../consensus/types.ts";
import type { SimulationConfig } from "./types.ts";
import { FIRST_VALIDATOR_UID, OWNER_UID, uidCount } from "./uids.ts";

/** The chain's default settings, and one unit of alpha to pay per block. */
const DEFAULTS = {
  tempo: 360,
  activityCutoffBlocks: 5_000,
  stakeThreshold: 0n,
  maxAllowedValidators: 64,
  kappa: 32_767,
  bondsPenalty: 65_535,
  bondsMovingAverage: 900_000,
  liquidAlpha: false,
  alphaLow: 45_875,
  alphaHigh: 58_982,
  alphaSigmoidSteepness: 1_000,
  yuma3: true,
  raoEmission: 360_000_000_000n,
};

/** Rows that validators send in one epoch, in their order; null: none. */
export type SentRows = readonly (SparseRow | null)[];

/** The chain of one run. */
export type SimulatedChain = {
  /** Block at which an epoch runs; epochs count from 0. */
  readonly runBlock: (epoch: number) => number;
  /** The row a validator sent last, empty before the first. */
  readonly lastSent: (validator: number) => SparseRow;
  /** Takes the rows sent in the next epoch and runs it. */
  readonly advance: (sent: SentRows) => EpochOutput;
};

/**
 * A subnet on a chain: nobody registers or leaves, every validator starts with a permit, weights arrive at three
 * quarters of an epoch. With commit-reveal they take effect `revealEpochs` later.
 */
export function chainOf(config: SimulationConfig): SimulatedChain {
  const delay = config.revealEpochs ?? 0;
  const kernel = createEpochKernel();
  const hidden: SentRows[] = [];
  const last: SparseRow[] = config.validators.map(() => []);
  let state = genesis(config);
  let epoch = 0;
  const runBlock = (index: number) => (index + 1) * state.tempo;
  const sentAt = (index: number) => index * state.tempo + Math.ceil((state.tempo * 3) / 4);
  return {
    runBlock,
    lastSent: (validator) => last[validator] ?? [],
    advance: (sent) => {
      for (const [validator, row] of sent.entries()) if (row !== null) last[validator] = row;
      hidden.push(sent);
      const revealed = hidden.length > delay ? (hidden.shift() ?? []) : [];
      const input = {
        ...state,
        block: runBlock(epoch),
        weights: replaced(state.weights, revealed),
        lastUpdate: stamped(state.lastUpdate, { sent, block: sentAt(epoch) }),
        liveCommitBlock: delay === 0 ? [] : liveCommits(state.n, { hidden, epoch, sentAt }),
      };
      const output = kernel(input);
      const { validatorPermit, bonds } = output;
      state = { ...input, validatorPermit, bonds, lastEpochRunBlock: input.block };
      epoch += 1;
      return output;
    },
  };
}

function genesis(config: SimulationConfig): EpochInput {
  const n = uidCount(config);
  const perUid = <Value>(value: (validator: number) => Value): Value[] =>
    Array.from({ length: n }, (_, uid) => value(uid - FIRST_VALIDATOR_UID));
  return {
    ...DEFAULTS,
    ...config.consensus,
    n,
    block: 0,
    lastEpochRunBlock: 0,
    ownerUid: OWNER_UID,
    stake: perUid((validator) => config.validators[validator]?.stakeRao ?? 0n),
    lastUpdate: perUid(() => 0),
    blockAtRegistration: perUid(() => 0),
    validatorPermit: perUid((validator) => config.validators[validator] !== undefined),
    weights: perUid(() => []),
    bonds: perUid(() => []),
    commitReveal: (config.revealEpochs ?? 0) > 0,
    liveCommitBlock: [],
  };
}

function replaced(rows: readonly SparseRow[], sent: SentRows): SparseRow[] {
  return rows.map((row, uid) => sent[uid - FIRST_VALIDATOR_UID] ?? row);
}

/** Sending counts as an update, whether or not the row is hidden. */
function stamped(blocks: readonly number[], { sent, block }: { sent: SentRows; block: number }): number[] {
  return blocks.map((before, uid) => ((sent[uid - FIRST_VALIDATOR_UID] ?? null) === null ? before : block));
}

/** Block of each uid's earliest commit that is still hidden; `hidden` ends with the current epoch's. */
function liveCommits(
  n: number,
  waiting: { hidden: readonly SentRows[]; epoch: number; sentAt: (epoch: number) => number },
): (number | null)[] {
  const { hidden, epoch, sentAt } = waiting;
  return Array.from({ length: n }, (_, uid) => {
    const earliest = hidden.findIndex((sent) => (sent[uid - FIRST_VALIDATOR_UID] ?? null) !== null);
    return earliest === -1 ? null : sentAt(epoch - hidden.length + 1 + earliest);
  });
}
