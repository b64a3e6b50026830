import { IsoTime, Job, JobId } from "@assay/core";
import { z } from "zod";
import { router, validatorProcedure } from "./trpc.ts";
import type { HotkeyVerb } from "./verb.ts";

/** One attempt at a job, as it was leased. */
export const LeaseRef = z.object({ id: JobId, attempt: z.int().min(1) });
export type LeaseRef = z.infer<typeof LeaseRef>;

/** A name of the caller's choice: a claim repeated under it after a lost answer gets the lease it made. */
export const ClaimJob = z.object({ key: z.uuid() }).optional();
export type ClaimJob = z.infer<typeof ClaimJob>;

export const Lease = LeaseRef.extend({ leasedUntil: IsoTime });
export type Lease = z.infer<typeof Lease>;

/** The validator's own fault: never counted against the agent. */
export const FailJob = LeaseRef.extend({ reason: z.string().trim().min(1).max(500) });
export type FailJob = z.infer<typeof FailJob>;

export const FailedJob = LeaseRef.extend({ willRetry: z.boolean(), attemptsLeft: z.int().min(0) });
export type FailedJob = z.infer<typeof FailedJob>;

export type JobVerbs = {
  claim: HotkeyVerb<ClaimJob, Job | null>;
  heartbeat: HotkeyVerb<LeaseRef, Lease>;
  release: HotkeyVerb<LeaseRef, LeaseRef>;
  fail: HotkeyVerb<FailJob, FailedJob>;
};

export const jobsRouter = (verbs: JobVerbs) =>
  router({
    /** Leases the caller's oldest open job, or the one leased under the same key; null if there is none. */
    claim: validatorProcedure
      .input(ClaimJob)
      .output(Job.nullable())
      .mutation(({ ctx, input }) => verbs.claim(ctx, input)),
    /** Extends a lease. CONFLICT if it was lost. */
    heartbeat: validatorProcedure
      .input(LeaseRef)
      .output(Lease)
      .mutation(({ ctx, input }) => verbs.heartbeat(ctx, input)),
    /** Gives a job back unstarted or unfinished, without blame: it is open again at once. CONFLICT if the lease was lost. */
    release: validatorProcedure
      .input(LeaseRef)
      .output(LeaseRef)
      .mutation(({ ctx, input }) => verbs.release(ctx, input)),
    /** Gives a job back because the validator itself failed. */
    fail: validatorProcedure
      .input(FailJob)
      .output(FailedJob)
      .mutation(({ ctx, input }) => verbs.fail(ctx, input)),
  });
