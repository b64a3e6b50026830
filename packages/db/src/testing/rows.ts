import { randomBytes } from "node:crypto";
import { CreateCompetition, type EvaluatorIdentity } from "@assay/core";
import type { Db, Trx } from "../connect.ts";
import {
  type CycleRow,
  closeCycle,
  collectSubmissions,
  insertCandidate,
  insertCompetition,
  insertJobs,
  insertSubmission,
  type JobRow,
  type NewCandidate,
  type NewSubmission,
  openCycle,
  type SubmissionRow,
} from "../index.ts";

/** A moment of the tests' own time, in seconds after its beginning. */
export function at(seconds: number): Date {
  return new Date(Date.UTC(2026, 10, 20) + seconds * 1_000);
}

/** 64 random hex digits. */
export function someHash(): string {
  return randomBytes(32).toString("hex");
}

/** A name in place of an address: the database does not read addresses. */
export function someKey(kind: string): string {
  return `${kind}-${randomBytes(6).toString("hex")}`;
}

export const EVALUATOR: EvaluatorIdentity = {
  task: "waypoint-navigation",
  version: "1",
  configHash: "0".repeat(64),
  codeHash: "1".repeat(64),
};

/** Runs work in one transaction. */
export function inside<Result>(db: Db, work: (trx: Trx) => Promise<Result>): Promise<Result> {
  return db.transaction().execute(work);
}

/** A new competition's id. */
export async function someCompetition(db: Db, netuid = 1): Promise<string> {
  const input = CreateCompetition.parse({ name: "race", task: "waypoint-navigation", evaluator: EVALUATOR });
  const values = { ...input, netuid, createdAt: at(0), createdAtBlock: 1 };
  return (await inside(db, (trx) => insertCompetition(trx, values))).id;
}

/** A new collecting cycle. */
export async function someCycle(db: Db, competitionId: string): Promise<CycleRow> {
  const secret = { secret: someHash(), secretHash: someHash() };
  const values = {
    netuid: 1,
    competitionId,
    thresholdsVersion: 1,
    ...secret,
    openedAt: at(0),
    openedAtBlock: 1,
  };
  const cycle = await inside(db, (trx) => openCycle(trx, values));
  if (cycle === undefined) throw new Error("the competition has a collecting cycle");
  return cycle;
}

/** A submission as a miner of its own would send it. */
export function newSubmission(competitionId: string, changes: Partial<NewSubmission> = {}): NewSubmission {
  const author = { hotkey: someKey("hotkey"), coldkey: someKey("coldkey") };
  const artefact = { sha256: someHash(), sizeBytes: 100 };
  const accepted = { acceptedAt: at(1), acceptedAtBlock: 2 };
  return { netuid: 1, competitionId, ...author, ...artefact, ...accepted, ...changes };
}

/** A new waiting submission. */
export async function someSubmission(
  db: Db,
  competitionId: string,
  changes: Partial<NewSubmission> = {},
): Promise<SubmissionRow> {
  const values = newSubmission(competitionId, changes);
  return (await inside(db, (trx) => insertSubmission(trx, values))).submission;
}

/** A running cycle with one submission and one open job for each validator. */
export async function someJobs(
  db: Db,
  validators: readonly string[],
): Promise<{ cycle: CycleRow; submission: SubmissionRow; jobs: JobRow[] }> {
  const competitionId = await someCompetition(db);
  const { id: cycleId } = await someCycle(db, competitionId);
  const { id: submissionId } = await someSubmission(db, competitionId);
  return inside(db, async (trx) => {
    const close = { id: cycleId, closedAt: at(2), closedAtBlock: 3, randomness: someHash() };
    const cycle = await closeCycle(trx, { ...close, leaderSubmissionId: null, roster: [] });
    const [submission] = await collectSubmissions(trx, { competitionId, cycleId });
    const stake = { coldkey: someKey("coldkey"), stakeRao: 10n ** 18n };
    const common = { netuid: 1, cycleId, competitionId, submissionId, round: 0, ...stake, createdAt: at(2) };
    const jobs = await insertJobs(
      trx,
      validators.map((validator) => ({ ...common, validator })),
    );
    if (cycle === undefined || submission === undefined) throw new Error("the cycle was not collecting");
    return { cycle, submission, jobs };
  });
}

export const FIGURES = {
  episodes: 200,
  successRate: 0.75,
  successRateError: 0.03,
  meanReward: 1.5,
  meanRewardError: 0.1,
};

/** A candidate of a submission's own cycle, not stored yet. */
export function newCandidate(
  { id, netuid, competitionId, cycleId, hotkey, coldkey }: SubmissionRow,
  changes: Partial<NewCandidate> = {},
): NewCandidate {
  const worth = { figures: FIGURES, validators: 2, stakeShare: 0.9, comparison: null, contested: false };
  const owner = { netuid, competitionId, cycleId: cycleId ?? "", submissionId: id, hotkey, coldkey };
  return { ...owner, ...worth, createdAt: at(10), ...changes };
}

/** A pending candidate of a new competition. */
export async function someCandidate(db: Db) {
  const { submission } = await someJobs(db, []);
  return inside(db, (trx) => insertCandidate(trx, newCandidate(submission)));
}
