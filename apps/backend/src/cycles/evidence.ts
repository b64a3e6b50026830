import {
  type AgentFailure,
  type JudgeInput,
  judgeRounds,
  type MechanismInstance,
  ResultBody,
  type RoundResult,
  type RoundsVerdict,
  type Thresholds,
  type ValidatorResult,
} from "@assay/core";
import {
  type CycleRow,
  type Db,
  findRulesDocument,
  getThresholds,
  listJobsOfCycle,
  listResultsOfCycle,
} from "@assay/db";
import { thresholdsOf } from "../competitions/view.ts";

/** Everything a cycle's submissions are judged by. */
export type Evidence = {
  readonly preset: MechanismInstance["preset"];
  readonly thresholds: Thresholds;
  readonly roster: JudgeInput["roster"];
  readonly results: ReadonlyMap<string, RoundResult[]>;
  /** The last round in which validators were asked to run a submission. */
  readonly asked: ReadonlyMap<string, number>;
};

/** Reads what a closed cycle has brought so far. */
export async function readEvidence(
  db: Db,
  { cycle, mechid }: { cycle: CycleRow; mechid: number },
): Promise<Evidence> {
  const { competitionId, thresholdsVersion: version } = cycle;
  const jobs = await listJobsOfCycle(db, cycle.id);
  const rounds = new Map(jobs.map(({ id, round }) => [id, round]));
  return {
    preset: await presetOf(db, { cycle, mechid }),
    thresholds: thresholdsOf(await getThresholds(db, { competitionId, version })),
    roster: (cycle.roster ?? []).map((entry) => ({ ...entry, stakeRao: BigInt(entry.stakeRao) })),
    results: await resultsBySubmission(db, { cycle, rounds }),
    asked: new Map(jobs.toSorted((a, b) => a.round - b.round).map((job) => [job.submissionId, job.round])),
  };
}

/** The preset in force when the cycle closed, of the first instance for competitions. */
async function presetOf(db: Db, { cycle, mechid }: { cycle: CycleRow; mechid: number }) {
  const at = { netuid: cycle.netuid, mechid, block: cycle.closedAtBlock ?? cycle.openedAtBlock };
  const rules = await findRulesDocument(db, at);
  const instance = rules?.document.instances.find(({ mechanism }) => mechanism === "competition");
  return instance?.preset ?? "assay";
}

/**
 * Results were checked when they came in; they are read again from the text their validator signed. Of a cycle whose
 * texts go there are none: to judge by those that happen to be left would be another judgement.
 */
async function resultsBySubmission(
  db: Db,
  { cycle, rounds }: { cycle: CycleRow; rounds: ReadonlyMap<string, number> },
): Promise<Map<string, RoundResult[]>> {
  if (cycle.resultTexts !== "kept") return new Map();
  const texts = (await listResultsOfCycle(db, cycle.id)).map(({ body }) => body);
  const kept = texts.filter((text) => text !== null);
  if (kept.length < texts.length) return new Map();
  const results = kept.map((text) => ResultBody.parse(JSON.parse(text)));
  const inRounds = results.map((result) => ({ ...result, round: rounds.get(result.jobId) ?? 0 }));
  return Map.groupBy(inRounds, ({ submissionId }) => submissionId);
}

export type Entrant = { id: string; coldkey: string };

/** The verdict on a submission, held against a leader that ran the same seeds, or against nobody. */
export function verdictOn(
  { preset, thresholds, roster, results }: Evidence,
  { entrant, leaderSubmissionId }: { entrant: Entrant; leaderSubmissionId: string | null },
): RoundsVerdict {
  return judgeRounds({
    preset,
    thresholds,
    roster,
    minerColdkey: entrant.coldkey,
    entrant: results.get(entrant.id) ?? [],
    leader:
      leaderSubmissionId === null
        ? null
        : { submissionId: leaderSubmissionId, results: results.get(leaderSubmissionId) ?? [] },
  });
}

/** Whether too few validators have run all that they were asked to run of a submission. */
export function lacksQuorum(
  { asked }: Evidence,
  { id, verdict }: { id: string; verdict: RoundsVerdict },
): boolean {
  return verdict.status === "unscored" || verdict.round < (asked.get(id) ?? 0);
}

/** What each validator measured of a submission, over all rounds that it ran. */
export function measuredOf({ results }: Evidence, submissionId: string): ValidatorResult[] {
  const inOrder = (results.get(submissionId) ?? []).toSorted((a, b) => a.round - b.round);
  return [...Map.groupBy(inOrder, ({ validator }) => validator)].map(([validator, own]) => ({
    validator,
    episodes: own.flatMap(({ episodes }) => episodes),
    failure: own.find(({ failure }) => failure !== null)?.failure ?? null,
  }));
}

/** How an agent failed as a whole, if a validator said so. */
export function failureOf({ results }: Evidence, submissionId: string): AgentFailure | null {
  return results.get(submissionId)?.find(({ failure }) => failure !== null)?.failure ?? null;
}
