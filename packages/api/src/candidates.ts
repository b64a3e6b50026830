import {
  ApproveCandidate,
  Candidate,
  CandidateId,
  CandidateStatus,
  CompetitionId,
  type Page,
  PageInput,
  pageOf,
  RejectCandidate,
} from "@assay/core";
import { z } from "zod";
import { adminProcedure, rest, router, viewerProcedure } from "./trpc.ts";
import type { KeyVerb } from "./verb.ts";

export const CandidateRef = z.object({ id: CandidateId });
export type CandidateRef = z.infer<typeof CandidateRef>;

export const ListCandidates = PageInput.extend({
  competitionId: CompetitionId.nullish(),
  status: CandidateStatus.nullish(),
});
export type ListCandidates = z.infer<typeof ListCandidates>;

export type CandidateVerbs = {
  list: KeyVerb<ListCandidates, Page<Candidate>>;
  get: KeyVerb<CandidateRef, Candidate>;
  approve: KeyVerb<ApproveCandidate, Candidate>;
  reject: KeyVerb<RejectCandidate, Candidate>;
};

export const candidatesRouter = (verbs: CandidateVerbs) =>
  router({
    /** Leader candidates, oldest first. */
    list: viewerProcedure
      .meta(rest("GET /admin/leader-candidates", { summary: "List leader candidates" }))
      .input(ListCandidates)
      .output(pageOf(Candidate))
      .query(({ ctx, input }) => verbs.list(ctx, input)),
    /** One candidate with the comparison it rests on. */
    get: viewerProcedure
      .meta(rest("GET /admin/leader-candidates/{id}", { summary: "Get a leader candidate" }))
      .input(CandidateRef)
      .output(Candidate)
      .query(({ ctx, input }) => verbs.get(ctx, input)),
    /** Makes a pending candidate the leader. CONFLICT if someone else has decided, or it no longer stands. */
    approve: adminProcedure
      .meta(rest("POST /admin/leader-candidates/{id}/approve", { summary: "Approve a leader candidate" }))
      .input(ApproveCandidate)
      .output(Candidate)
      .mutation(({ ctx, input }) => verbs.approve(ctx, input)),
    /** Turns a pending candidate down with a reason. CONFLICT if someone else has decided. */
    reject: adminProcedure
      .meta(rest("POST /admin/leader-candidates/{id}/reject", { summary: "Reject a leader candidate" }))
      .input(RejectCandidate)
      .output(Candidate)
      .mutation(({ ctx, input }) => verbs.reject(ctx, input)),
  });
