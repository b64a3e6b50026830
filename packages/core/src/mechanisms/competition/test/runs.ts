import { Thresholds } from "../../../schema/competition.ts";
import type { Episode } from "../../../schema/evaluation.ts";
import { judgeSubmission, type Verdict } from "../judge.ts";
import type { JudgeInput, ValidatorResult } from "../judge-input.ts";

/** Episodes per run in these tests: the default minimum. */
export const SEEDS = 200;

/** A run with so many successes, on the first seeds, and one reward throughout. */
export function runOf(successes: number, reward = 0.5, seeds = SEEDS): Episode[] {
  return Array.from({ length: seeds }, (_, seed) => ({ success: seed < successes, reward, steps: 5 }));
}

/** Results by validator `v0`, `v1`, … in the order of the runs; null for a validator that did not score. */
export function resultsOf(runs: readonly (readonly Episode[] | null)[]): ValidatorResult[] {
  return runs.flatMap((episodes, index) =>
    episodes === null ? [] : [{ validator: `v${index}`, episodes: [...episodes], failure: null }],
  );
}

/** Validators `v0`, `v1`, … each with a coldkey of its own. */
export function rosterOf(stakes: readonly bigint[]): JudgeInput["roster"] {
  return stakes.map((stakeRao, index) => ({ hotkey: `v${index}`, coldkey: `cold${index}`, stakeRao }));
}

/** A case with three validators (50, 30, 20 of the stake) under the default rules, changed as given. */
export function judged(
  changes: Omit<Partial<JudgeInput>, "thresholds"> & { thresholds?: Partial<Thresholds> },
): Verdict {
  return judgeSubmission({
    preset: "assay",
    roster: rosterOf([50n, 30n, 20n]),
    minerColdkey: "miner",
    seedCount: SEEDS,
    entrant: [],
    leader: null,
    ...changes,
    thresholds: { ...Thresholds.parse({}), ...changes.thresholds },
  });
}

/** The leader of a case: one run per validator. */
export function leaderOf(runs: readonly (readonly Episode[] | null)[]): JudgeInput["leader"] {
  return { submissionId: "submission_leader", results: resultsOf(runs) };
}
