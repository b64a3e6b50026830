/* oxlint-disable typescript/no-non-null-assertion -- numeric loops: every index is below the length it walks */
import { supportedScore } from "./supported-score.ts";
import { divideEach, total } from "./vectors.ts";
import type { Workspace } from "./workspace.ts";

/**
 * C of `consensus`, from W and A, without a dense matrix: the voters who give a miner nothing are one vote of 0,
 * whose stake is what the others leave.
 *
 * A voter's share is at least its A, which is at least 1, because all of A is at most ONE: no stake is 0.
 *
 * @param kappa integer in [0, 2^32], raw bits.
 */
export function fillConsensus(work: Workspace, kappa: number): void {
  const { activeStake, voterStake, columns, consensus, perUid: heard } = work;
  divideEach(activeStake, { by: total(activeStake), quotients: voterStake });
  const high = total(voterStake);
  const minority = high - kappa;
  gatherColumns(work, heard.fill(0));
  for (let j = 0; j < consensus.length; j += 1) {
    const from = columns.start[j]!;
    const to = columns.start[j + 1]!;
    const low = high - heard[j]!;
    const isUnheard = from === to || (low > 0 && minority < low);
    consensus[j] = isUnheard ? 0 : supportedScore({ ...columns, from, to }, { low, high, minority });
  }
}

/** The positive weights of validators with active stake, by miner, and the stake behind each column. */
function gatherColumns({ weights, voterStake, columns, marks }: Workspace, heard: Float64Array): void {
  const { start, uid, value } = weights;
  const n = voterStake.length;
  countVotes({ weights, voterStake, columns });
  // From here on `marks` holds where the next vote of each column goes.
  marks.set(columns.start.subarray(0, n));
  for (let i = 0; i < n; i += 1) {
    const share = voterStake[i]!;
    const to = share > 0 ? start[i + 1]! : 0;
    for (let k = start[i]!; k < to; k += 1) {
      if (value[k]! === 0) continue;
      const j = uid[k]!;
      const at = marks[j]!;
      columns.stake[at] = share;
      columns.score[at] = value[k]!;
      marks[j] = at + 1;
      heard[j]! += share;
    }
  }
}

function countVotes({
  weights,
  voterStake,
  columns,
}: Pick<Workspace, "weights" | "voterStake" | "columns">): void {
  const { start, uid, value } = weights;
  const counts = columns.start;
  counts.fill(0);
  for (let i = 0; i < voterStake.length; i += 1) {
    const to = voterStake[i]! > 0 ? start[i + 1]! : 0;
    for (let k = start[i]!; k < to; k += 1) if (value[k]! > 0) counts[uid[k]! + 1]! += 1;
  }
  for (let j = 1; j < counts.length; j += 1) counts[j]! += counts[j - 1]!;
}
