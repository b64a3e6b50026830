import {
  Address,
  BarComparison,
  CandidateId,
  CandidateStatus,
  CompetitionId,
  CycleId,
  type Page,
  pageOf,
  Receipt,
  Submission,
  SubmissionId,
  SubmissionStatus,
  SubmitAgent,
  Thresholds,
} from "@assay/core";
import { z } from "zod";
import { SequencePage } from "./sequence-page.ts";
import { adminProcedure, publicProcedure, rest, router, signedProcedure } from "./trpc.ts";
import type { HotkeyVerb, KeyVerb, Verb } from "./verb.ts";

export const SubmissionRef = z.object({ id: SubmissionId });
export type SubmissionRef = z.infer<typeof SubmissionRef>;

export const ListSubmissions = SequencePage.extend({
  competitionId: CompetitionId.nullish(),
  hotkey: Address.nullish(),
  status: SubmissionStatus.nullish(),
});
export type ListSubmissions = z.infer<typeof ListSubmissions>;

/** The submission as stored, and the backend's signed word that it was. */
export const AcceptedSubmission = z.object({ submission: Submission, receipt: Receipt });
export type AcceptedSubmission = z.infer<typeof AcceptedSubmission>;

export const RerunSubmission = SubmissionRef.extend({ reason: z.string().trim().min(3).max(2000) });
export type RerunSubmission = z.infer<typeof RerunSubmission>;

/** A validator that was asked about a submission. */
export const AskedValidator = z.object({
  validator: Address,
  /** `failed`: it gave up by a fault of its own; `missing`: the cycle ended without it. Neither counts against the agent. */
  outcome: z.enum(["waiting", "scored", "failed", "missing"]),
  /** The error it failed with last, as EVALUATOR_MISCALIBRATED where reference agents earned something else than everywhere. */
  code: z.string().nullable(),
});
export type AskedValidator = z.infer<typeof AskedValidator>;

/** Why a submission stands where it stands, with every number that decided it. */
export const SubmissionExplanation = z.object({
  submission: Submission,
  /** The cycle that judges it; null while it waits for one. */
  cycleId: CycleId.nullable(),
  /** The minimums of its cycle, or of the next one while it waits. */
  thresholdsVersion: z.int().min(1),
  thresholds: Thresholds,
  /** Minimums its figures do not reach; empty if it is eligible, null without figures. */
  shortfalls: z
    .array(
      z.object({
        figure: z.enum(["episodes", "success-rate", "mean-reward"]),
        actual: z.number(),
        required: z.number(),
      }),
    )
    .nullable(),
  /** What became of it at each validator that was asked; null while it has no cycle. */
  validators: z.array(AskedValidator).nullable(),
  /**
   * What became of it in the queue of candidates; null if it never was one. The public reads the comparison once it is
   * decided and can be read on chain: before, it is null, and `contested` false.
   */
  candidate: z
    .object({
      id: CandidateId,
      status: CandidateStatus,
      contested: z.boolean(),
      comparison: BarComparison.nullable(),
      supersededBecause: z.string().nullable(),
      reason: z.string().nullable(),
    })
    .nullable(),
});
export type SubmissionExplanation = z.infer<typeof SubmissionExplanation>;

export type SubmissionVerbs = {
  withdraw: HotkeyVerb<SubmissionRef, Submission>;
  rerun: KeyVerb<RerunSubmission, Submission>;
  explain: Verb<SubmissionRef, SubmissionExplanation>;
  create: HotkeyVerb<SubmitAgent, AcceptedSubmission>;
  list: Verb<ListSubmissions, Page<Submission>>;
  get: Verb<SubmissionRef, Submission>;
};

export const submissionsRouter = (verbs: SubmissionVerbs) =>
  router({
    /** Accepts an agent; sending the same one again returns the first receipt. */
    create: signedProcedure
      .input(SubmitAgent)
      .output(AcceptedSubmission)
      .mutation(({ ctx, input }) => verbs.create(ctx, input)),
    /** Submissions, newest first, without their bytes. */
    list: publicProcedure
      .meta(rest("GET /submissions", { summary: "List submissions", protect: false }))
      .input(ListSubmissions)
      .output(pageOf(Submission))
      .query(({ ctx, input }) => verbs.list(ctx, input)),
    /** One submission: where it stands and why. */
    get: publicProcedure
      .meta(rest("GET /submissions/{id}", { summary: "Get a submission", protect: false }))
      .input(SubmissionRef)
      .output(Submission)
      .query(({ ctx, input }) => verbs.get(ctx, input)),
    /** Why a submission stands where it stands, with the numbers that decided it. */
    explain: publicProcedure
      .meta(rest("GET /submissions/{id}/explanation", { summary: "Explain a submission", protect: false }))
      .input(SubmissionRef)
      .output(SubmissionExplanation)
      .query(({ ctx, input }) => verbs.explain(ctx, input)),
    /** Takes the caller's own submission back. CONFLICT once a cycle has taken it up. */
    withdraw: signedProcedure
      .input(SubmissionRef)
      .output(Submission)
      .mutation(({ ctx, input }) => verbs.withdraw(ctx, input)),
    /** Lets a judged submission run again in the next cycle, with a reason. */
    rerun: adminProcedure
      .meta(rest("POST /admin/submissions/{id}/rerun", { summary: "Run a submission again" }))
      .input(RerunSubmission)
      .output(Submission)
      .mutation(({ ctx, input }) => verbs.rerun(ctx, input)),
  });
