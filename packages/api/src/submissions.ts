import {
  Address,
  CompetitionId,
  type Page,
  pageOf,
  Receipt,
  Submission,
  SubmissionId,
  SubmissionStatus,
  SubmitAgent,
} from "@assay/core";
import { z } from "zod";
import { SequencePage } from "./sequence-page.ts";
import { publicProcedure, rest, router, signedProcedure } from "./trpc.ts";
import type { HotkeyVerb, Verb } from "./verb.ts";

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

export type SubmissionVerbs = {
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
  });
