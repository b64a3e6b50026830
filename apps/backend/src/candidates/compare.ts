import type { CandidateComparison, CandidateRef, MeasuredBy, PairedFigures } from "@assay/api";
import {
  agentFigures,
  type Episode,
  failedEpisodes,
  type Metric,
  pairedDifference,
  type ValidatorResult,
} from "@assay/core";
import {
  type CandidateRow,
  type Db,
  findCandidate,
  findCurrentLeader,
  getCompetition,
  getCycle,
  getSubmission,
} from "@assay/db";
import type { Backend } from "../backend.ts";
import { type Evidence, measuredOf, readEvidence } from "../cycles/evidence.ts";
import { found } from "../not-found.ts";

/** A candidate beside the leader: who leads now while it is pending, whom it was held against once it is decided. */
export async function compareCandidate(
  { db, netuid, mechid }: Backend,
  { id }: CandidateRef,
): Promise<CandidateComparison> {
  const candidate = found(await findCandidate(db, id), { kind: "candidate", id, netuid });
  const { task } = await getCompetition(db, candidate.competitionId);
  const cycle = await getCycle(db, candidate.cycleId);
  const evidence = await readEvidence(db, { cycle, mechid });
  const leader = await leaderBeside(db, candidate);
  const measured = leader === undefined ? [] : measuredOf(evidence, leader.submissionId);
  const { submissionId, hotkey, figures, comparison } = candidate;
  const isHeldAgainst = leader !== undefined && comparison?.leaderSubmissionId === leader.submissionId;
  const metric = comparison?.metric ?? "success-rate";
  const byValidator = measurements({ evidence, submissionId, leader: measured, metric });
  return {
    id,
    challenger: { submissionId, hotkey, figures },
    leader: leader === undefined ? null : { ...leader, ranSameSeeds: measured.length > 0 || isHeldAgainst },
    verdict: isHeldAgainst ? verdictOf(comparison) : null,
    environments: [{ environment: task, byValidator }],
  };
}

async function leaderBeside(
  db: Db,
  { status, competitionId, comparison }: CandidateRow,
): Promise<{ submissionId: string; hotkey: string } | undefined> {
  const past = comparison?.leaderSubmissionId;
  if (status === "pending") {
    const leader = await findCurrentLeader(db, competitionId);
    return leader && { submissionId: leader.submissionId, hotkey: leader.hotkey };
  }
  if (past === undefined) return undefined;
  return { submissionId: past, hotkey: (await getSubmission(db, past)).hotkey };
}

function verdictOf({ metric, difference, differenceError, bar }: NonNullable<CandidateRow["comparison"]>) {
  return { metric, difference, differenceError, bar };
}

type Measured = { evidence: Evidence; submissionId: string; leader: ValidatorResult[]; metric: Metric };

function measurements({ evidence, submissionId, leader, metric }: Measured): MeasuredBy[] {
  return measuredOf(evidence, submissionId).map((result) => {
    const other = leader.find(({ validator }) => validator === result.validator);
    const [own, its] = [episodesOf(result, other), other && episodesOf(other, result)];
    return {
      validator: result.validator,
      challenger: agentFigures(own),
      leader: its === undefined ? null : agentFigures(its),
      paired: its === undefined ? null : paired(own, { leader: its, metric }),
    };
  });
}

/** An agent that failed as a whole failed on every seed that the other one ran; seeds the other did not run are left out. */
function episodesOf(
  { episodes, failure }: ValidatorResult,
  other: ValidatorResult | undefined,
): readonly Episode[] {
  if (failure !== null) return failedEpisodes(Math.max(1, other?.episodes.length ?? 0));
  return other === undefined || other.failure !== null ? episodes : episodes.slice(0, other.episodes.length);
}

function paired(
  challenger: readonly Episode[],
  { leader, metric }: { leader: readonly Episode[]; metric: Metric },
): PairedFigures | null {
  if (challenger.length !== leader.length) return null;
  const { difference, error } = pairedDifference(challenger, leader, metric);
  const wins = challenger.filter((episode, seed) => episode.success && leader[seed]?.success === false);
  const losses = leader.filter((episode, seed) => episode.success && challenger[seed]?.success === false);
  return {
    metric,
    difference,
    differenceError: error,
    seeds: challenger.length,
    onlyChallenger: wins.length,
    onlyLeader: losses.length,
  };
}
