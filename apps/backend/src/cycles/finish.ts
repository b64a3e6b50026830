import {
  type CompetitionRow,
  type CycleRow,
  countUnfinishedJobs,
  type DutyClaim,
  findBanOf,
  findCurrentLeader,
  finishCycle,
  getCycle,
  insertCandidate,
  type LeaderRow,
  lockCompetition,
  noteLeader,
  returnSubmission,
  type SubmissionRow,
  setSubmissionVerdict,
  type Trx,
} from "@assay/db";
import { recordAct } from "../audit/act.ts";
import { type Backend, blockOf, nowOf } from "../backend.ts";
import { fenced } from "../duties/fenced.ts";
import { askAgain } from "./ask-again.ts";
import { type Evidence, readEvidence, verdictOn } from "./evidence.ts";
import { isShort, type Judged, judge } from "./judge.ts";
import { runOn } from "./run-on.ts";

type Running = { competition: CompetitionRow; cycle: CycleRow };

/**
 * Judges a running cycle once every job has ended, or at its deadline: `cycleBlocks` after it closed if everything has
 * a quorum by then, otherwise the same time later, when what has no quorum is unscored. Until then, validators that
 * failed are asked again, and whoever is too near the bar to tell runs on with the leader.
 */
export async function finishIfDue(
  backend: Backend,
  { claim, competition, cycle }: Running & { claim: DutyClaim },
): Promise<void> {
  const elapsed = blockOf(backend) - (cycle.closedAtBlock ?? 0);
  const isComplete = (await countUnfinishedJobs(backend.db, cycle.id)) === 0;
  if (!isComplete && elapsed < competition.cycleBlocks) return;
  const isExtensible = elapsed < 2 * competition.cycleBlocks;
  if (isExtensible && !isComplete && (await isShort(backend.db, { backend, cycle }))) return;
  const isLate = elapsed >= competition.cycleBlocks;
  await fenced(backend, {
    claim,
    act: async (trx) => {
      if (!(await isRunning(trx, cycle))) return;
      if (isExtensible && isComplete && (await askAgain(trx, { backend, cycle, isLate }))) return;
      if (isExtensible && (await runOn(trx, { backend, cycle }))) return;
      await conclude(trx, { backend, cycle });
    },
  });
}

/** From here on nobody can end or pause the competition, or change its leader, before this transaction is over. */
async function isRunning(trx: Trx, { id, competitionId }: CycleRow): Promise<boolean> {
  const { status } = await lockCompetition(trx, competitionId);
  return status === "open" && (await getCycle(trx, id)).status === "running";
}

type Conclusion = { backend: Backend; cycle: CycleRow };

/** Judges only once the cycle takes no more results, so that every result with a receipt counts. */
async function conclude(trx: Trx, { backend, cycle }: Conclusion): Promise<void> {
  const at = { doneAt: nowOf(backend), doneAtBlock: blockOf(backend) };
  if ((await finishCycle(trx, { id: cycle.id, ...at })) === undefined) return;
  const evidence = await readEvidence(trx, { cycle, mechid: backend.mechid });
  const judged = await judge(trx, { cycle, evidence });
  const leader = await findCurrentLeader(trx, cycle.competitionId);
  const isSameLeader = (leader?.submissionId ?? null) === cycle.leaderSubmissionId;
  if (isSameLeader && leader !== undefined) await countMissed(trx, { leader, evidence });
  const verdicts: { [submissionId: string]: string } = {};
  for (const one of judged) {
    const outdated = !isSameLeader && one.verdict.status !== "ineligible";
    verdicts[one.submission.id] = outdated
      ? await tryAgain(trx, one)
      : await settle(trx, { backend, cycle, judged: one });
  }
  await recordAct(trx, backend, {
    by: "cycles",
    action: "cycle.finish",
    target: cycle.id,
    facts: { verdicts },
  });
  backend.log.info({ cycle: cycle.id, verdicts }, "cycle judged");
}

/** A leader that nobody could judge has neither missed nor met the thresholds. */
async function countMissed(
  trx: Trx,
  { leader, evidence }: { leader: LeaderRow; evidence: Evidence },
): Promise<void> {
  const entrant = { id: leader.submissionId, coldkey: leader.coldkey };
  const { status } = verdictOn(evidence, { entrant, leaderSubmissionId: null });
  if (status === "unscored") return;
  const missedCycles = status === "ineligible" ? leader.missedCycles + 1 : 0;
  if (missedCycles !== leader.missedCycles) await noteLeader(trx, { id: leader.id, missedCycles });
}

/**
 * The leader changed while the cycle ran, so nobody was compared with whoever leads now. The lock on submissions comes
 * after that on the competition here, which makes no circle because a submission never waits for the latter.
 */
async function tryAgain(trx: Trx, { submission }: Judged): Promise<string> {
  const returned = await returnSubmission(trx, submission);
  if (returned !== undefined) return returned.status;
  const explanation = "not judged, because a newer submission of the same coldkey waits";
  await setSubmissionVerdict(trx, {
    id: submission.id,
    status: "unscored",
    figures: null,
    failure: null,
    explanation,
  });
  return "unscored";
}

async function settle(
  trx: Trx,
  { backend, cycle, judged }: { backend: Backend; cycle: CycleRow; judged: Judged },
): Promise<string> {
  const { submission, verdict, failure } = judged;
  if (await isBanned(trx, submission)) return dismiss(trx, submission);
  const { status, figures, explanation } = verdict;
  await setSubmissionVerdict(trx, { id: submission.id, status, figures, failure, explanation });
  if (status === "candidate" && figures !== null) {
    const { id: submissionId, competitionId, hotkey, coldkey, netuid } = submission;
    const { validators, stakeShare, comparison, contested } = verdict;
    const author = { netuid, competitionId, cycleId: cycle.id, submissionId, hotkey, coldkey };
    const standing = { figures, validators, stakeShare, comparison, contested };
    await insertCandidate(trx, { ...author, ...standing, createdAt: nowOf(backend) });
  }
  return status;
}

/** Whoever is banned while the cycle runs is not judged: the ban has closed what was pending before. */
async function isBanned(trx: Trx, { netuid, hotkey, coldkey }: SubmissionRow): Promise<boolean> {
  return (await findBanOf(trx, { netuid, addresses: [hotkey, coldkey] })) !== undefined;
}

async function dismiss(trx: Trx, { id }: SubmissionRow): Promise<string> {
  const nothing = { figures: null, failure: null, explanation: "not judged, because its miner is banned" };
  await setSubmissionVerdict(trx, { id, status: "unscored", ...nothing });
  return "unscored";
}
