import { activeMaskErrors } from "../active-stake.ts";
import { activeMask } from "../activity.ts";
import { bondRate } from "../bonds.ts";
import { epoch } from "../epoch.ts";
import type { EpochInput, EpochOutput, SparseRow } from "../types.ts";
import { weightsForBonds } from "./bond-weights.ts";
import { fillOlderBonds } from "./bonds-older.ts";
import { fillYuma3Bonds } from "./bonds-yuma3.ts";
import { clipRows } from "./clip.ts";
import { fillConsensus } from "./consensus.ts";
import { isInRange } from "./in-range.ts";
import { fillIncentive } from "./incentive.ts";
import { paidAmounts, proportions, storedRows } from "./output.ts";
import { nextPermits, permitsInForce } from "./permits.ts";
import { proportionBits } from "./proportion.ts";
import { rateCurve } from "./rate.ts";
import { readBonds, readWeights } from "./read-rows.ts";
import { shareActiveStake, shareStake } from "./stake.ts";
import { createWorkspace, type Workspace } from "./workspace.ts";

/** A function with the results of `epoch`, bit for bit, and its errors. */
export type EpochKernel = (input: EpochInput) => EpochOutput;

/**
 * `epoch` at speed: doubles that hold exact integers, sparse throughout, so that its cost follows the entries.
 *
 * Every primitive states the range in which it is proven, every step why it stays within; an input that leaves it
 * (more than 32,768 uids, a uid twice in a row, a moving average above 1, …) is computed or refused by `epoch`.
 *
 * @returns the result of `epoch`, which remains the readable statement of the rules.
 * @throws CoreError as `epoch` does.
 * @see createEpochKernel for many epochs in a row.
 */
export function fastEpoch(input: EpochInput): EpochOutput {
  return createEpochKernel()(input);
}

/**
 * {@link fastEpoch} with working memory that is kept while the number of uids stays the same and grows with the
 * largest input, for simulations and replays. Results never share memory with it.
 */
export function createEpochKernel(): EpochKernel {
  let kept: Workspace | undefined;
  return (input) => {
    if (!isInRange(input)) return epoch(input);
    kept = workspaceFor(input, kept);
    return compute(input, kept) ?? epoch(input);
  };
}

function workspaceFor(input: EpochInput, kept: Workspace | undefined): Workspace {
  const weights = entriesOf(input.weights);
  const bonds = entriesOf(input.bonds);
  if (kept?.stake.length !== input.n) return createWorkspace(input.n, { weights, bonds });
  const { room } = kept;
  if (room.weights >= weights && room.bonds >= bonds) return kept;
  const grown = { weights: Math.max(room.weights, weights), bonds: Math.max(room.bonds, bonds) };
  return createWorkspace(input.n, grown);
}

function entriesOf(rows: readonly SparseRow[]): number {
  return rows.reduce((sum, row) => sum + row.length, 0);
}

/** The steps of `epochTrace`; undefined if stake or rows leave the proven range. */
function compute(input: EpochInput, work: Workspace): EpochOutput | undefined {
  const active = activeMask(input);
  const permits = permitsInForce(input);
  if (!shareStake(input, { shares: work.stake, amounts: work.perUid })) return undefined;
  if (!readWeights(input, { work, permits }) || !readBonds(input, work)) return undefined;
  shareActiveStake(work.stake, { active, permits, shares: work.activeStake });
  fillConsensus(work, proportionBits(input.kappa));
  clipRows(work.weights, work);
  fillIncentive(work);
  fillBonds(input, work);
  const newPermits = nextPermits(input, { stake: work.stake, keys: work.perUid });
  return {
    active: padded(active, input.n),
    stakeWeight: proportions(work.stake),
    validatorPermit: newPermits,
    consensus: proportions(work.consensus),
    incentive: proportions(work.incentive),
    dividends: proportions(work.dividends),
    validatorTrust: proportions(work.trust),
    ...paidAmounts(input, work),
    bonds: storedRows(work.bonds, newPermits),
    logErrors: activeMaskErrors(active, input.n),
  };
}

function fillBonds(input: EpochInput, work: Workspace): void {
  const weights = weightsForBonds(work, proportionBits(input.bondsPenalty));
  const rate = Number(bondRate(input.bondsMovingAverage));
  if (input.yuma3)
    fillYuma3Bonds(weights, { work, rate, curve: input.liquidAlpha ? rateCurve(input) : null });
  else fillOlderBonds(weights, { work, rate });
}

function padded(active: readonly boolean[], n: number): boolean[] {
  const all: boolean[] = [];
  for (let uid = 0; uid < n; uid += 1) all.push(active[uid] ?? false);
  return all;
}
