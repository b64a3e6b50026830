import {
  ApiError,
  type FailedJob,
  type FailJob,
  type HotkeyCaller,
  type Lease,
  type LeaseRef,
} from "@assay/api";
import type { Job } from "@assay/core";
import {
  claimJob,
  failJob,
  findCompetition,
  getCycle,
  getSubmission,
  heartbeatJob,
  type JobRow,
  releaseJob,
  type Trx,
} from "@assay/db";
import { recordAct } from "../audit/act.ts";
import { type Backend, nowOf } from "../backend.ts";
import { seedsOf } from "../cycles/seeds.ts";
import { found } from "../not-found.ts";

/** Failures of a validator itself after which a job is given up; a cycle that lacks a quorum grants them once more. */
export const MAX_FAILURES = 3;

type Asked = { caller: HotkeyCaller };

/** Leases the caller's oldest open job, or again the one it leased under the same key; null if there is none. */
export async function claimNextJob(
  backend: Backend,
  { caller, key }: Asked & { key?: string | undefined },
): Promise<Job | null> {
  const { db, netuid } = backend;
  const lease = { now: nowOf(backend), leasedUntil: leaseEnd(backend) };
  const job = await claimJob(db, { netuid, validator: caller.hotkey, key, ...lease });
  return job === undefined ? null : jobView(backend, job);
}

async function jobView({ db, netuid }: Backend, job: JobRow): Promise<Job> {
  const { competitionId: id } = job;
  const [competition, cycle, submission] = await Promise.all([
    findCompetition(db, id).then((row) => found(row, { kind: "competition", id, netuid })),
    getCycle(db, job.cycleId),
    getSubmission(db, job.submissionId),
  ]);
  return {
    id: job.id,
    cycleId: job.cycleId,
    competitionId: id,
    submissionId: job.submissionId,
    artefactSha256: submission.sha256,
    evaluator: competition.evaluator,
    taskConfig: competition.taskConfig,
    seeds: await seedsOf(db, { cycle, round: job.round }),
    attempt: job.attempt,
    leasedUntil: isoOf(job.leasedUntil),
  };
}

/** Extends a lease. */
export async function extendLease(backend: Backend, { caller, ...lease }: LeaseRef & Asked): Promise<Lease> {
  const held = { ...lease, validator: caller.hotkey, leasedUntil: leaseEnd(backend) };
  const job = await heartbeatJob(backend.db, held);
  if (job === undefined) throw lostLease(lease);
  return { id: job.id, attempt: job.attempt, leasedUntil: isoOf(job.leasedUntil) };
}

/** Takes a job back from a validator that stops; it is offered again as if it had never been claimed. */
export async function releaseLease(
  backend: Backend,
  { caller, ...lease }: LeaseRef & Asked,
): Promise<LeaseRef> {
  const job = await releaseJob(backend.db, { ...lease, validator: caller.hotkey });
  if (job === undefined) throw lostLease(lease);
  backend.log.info({ job: job.id, validator: caller.hotkey }, "validator gave a job back");
  return { id: job.id, attempt: job.attempt };
}

/** Takes a job back that its validator could not run; it is offered again until the budget is spent. */
export async function giveJobBack(
  backend: Backend,
  { caller, reason, ...lease }: FailJob & Asked,
): Promise<FailedJob> {
  const failure = { error: reason, maxFailures: MAX_FAILURES, now: nowOf(backend) };
  const job = await backend.db.transaction().execute(async (trx) => {
    const failed = await failJob(trx, { ...lease, ...failure, validator: caller.hotkey });
    if (failed?.status === "failed") await recordGivenUp(trx, { backend, job: failed });
    return failed;
  });
  if (job === undefined) throw lostLease(lease);
  backend.log.warn({ job: job.id, validator: caller.hotkey, reason }, "validator failed at a job");
  const attemptsLeft = job.status === "open" ? MAX_FAILURES - job.failures : 0;
  return { id: job.id, attempt: job.attempt, willRetry: attemptsLeft > 0, attemptsLeft };
}

/** A validator that does not count for an agent is for admins to see, and why: perhaps its host cannot be trusted. */
async function recordGivenUp(trx: Trx, { backend, job }: { backend: Backend; job: JobRow }): Promise<void> {
  const { id: target, validator: by, cycleId, submissionId, failures, lastError } = job;
  const facts = { cycleId, submissionId, failures, error: lastError };
  await recordAct(trx, backend, { by, action: "job.give-up", target, facts });
}

/** The refusal of whoever no longer holds the job it believes to hold. */
export function lostLease({ id, attempt }: LeaseRef): ApiError {
  const message = `Attempt ${attempt} at ${id} is not yours, or no longer: its result does not count.`;
  return new ApiError({ code: "API_LEASE_LOST", id, attempt }, message);
}

function leaseEnd({ clock, leaseMs }: Backend): Date {
  return new Date(clock.now() + leaseMs);
}

function isoOf(moment: Date | null): string {
  return (moment ?? new Date(0)).toISOString();
}
