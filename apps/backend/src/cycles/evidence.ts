import {
  type AgentFailure,
  type JudgeInput,
  judgeSubmission,
  type MechanismInstance,
  ResultBody,
  type Thresholds,
  type ValidatorResult,
  type Verdict,
} from "@assay/core";
import { type CycleRow, type Db, findRulesDocument, getThresholds, listResultsOfCycle } from "@assay/db";
import { thresholdsOf } from "../competitions/view.ts";

/** Everything a cycle's submissions are judged by. */
export type Evidence = {
  readonly preset: MechanismInstance["preset"];
  readonly thresholds: Thresholds;
  readonly roster: JudgeInput["roster"];
  readonly results: ReadonlyMap<string, ValidatorResult[]>;
};

/** Reads what a closed cycle has brought so far. */
export async function readEvidence(
  db: Db,
  { cycle, mechid }: { cycle: CycleRow; mechid: number },
): Promise<Evidence> {
  const { competitionId, thresholdsVersion: version } = cycle;
  return {
    preset: await presetOf(db, { cycle, mechid }),
    thresholds: thresholdsOf(await getThresholds(db, { competitionId, version })),
    roster: (cycle.roster ?? []).map((entry) => ({ ...entry, stakeRao: BigInt(entry.stakeRao) })),
    results: await resultsBySubmission(db, cycle),
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
  { id, resultTexts }: CycleRow,
): Promise<Map<string, ValidatorResult[]>> {
  if (resultTexts !== "kept") return new Map();
  const texts = (await listResultsOfCycle(db, id)).map(({ body }) => body);
  const kept = texts.filter((text) => text !== null);
  if (kept.length < texts.length) return new Map();
  return Map.groupBy(
    kept.map((text) => ResultBody.parse(JSON.parse(text))),
    ({ submissionId }) => submissionId,
  );
}

export type Entrant = { id: string; coldkey: string };

/** The verdict on a submission, held against a leader that ran the same seeds, or against nobody. */
export function verdictOn(
  { preset, thresholds, roster, results }: Evidence,
  { entrant, leaderSubmissionId }: { entrant: Entrant; leaderSubmissionId: string | null },
): Verdict {
  return judgeSubmission({
    preset,
    thresholds,
    roster,
    minerColdkey: entrant.coldkey,
    seedCount: thresholds.minEpisodes,
    entrant: results.get(entrant.id) ?? [],
    leader:
      leaderSubmissionId === null
        ? null
        : { submissionId: leaderSubmissionId, results: results.get(leaderSubmissionId) ?? [] },
  });
}

/** How an agent failed as a whole, if a validator said so. */
export function failureOf({ results }: Evidence, submissionId: string): AgentFailure | null {
  return results.get(submissionId)?.find(({ failure }) => failure !== null)?.failure ?? null;
}
