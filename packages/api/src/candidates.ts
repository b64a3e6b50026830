import {
  Address,
  ApproveCandidate,
  Candidate,
  CandidateId,
  CandidateStatus,
  CompetitionId,
  IsoTime,
  type Page,
  PageInput,
  pageOf,
  RejectCandidate,
} from "@assay/core";
import { z } from "zod";
import { CandidateComparison } from "./comparison.ts";
import { adminProcedure, rest, reviewerProcedure, router } from "./trpc.ts";
import type { KeyVerb } from "./verb.ts";

export const CandidateRef = z.object({ id: CandidateId });
export type CandidateRef = z.infer<typeof CandidateRef>;

/** A filter that is on, off or left out; in words, because the query of a REST form is text. */
const Flag = z.enum(["true", "false"]);

export const ListCandidates = PageInput.extend({
  competitionId: CompetitionId.nullish(),
  status: CandidateStatus.nullish(),
  hotkey: Address.nullish(),
  coldkey: Address.nullish(),
  contested: Flag.nullish(),
  /** Only those that wait for a decision longer than the settings allow. */
  overdue: Flag.nullish(),
});
export type ListCandidates = z.infer<typeof ListCandidates>;

/** What somebody said about a candidate before it was decided. */
export const Review = z.object({
  verdict: z.enum(["approve", "reject", "note"]),
  note: z.string(),
  /** Owner of the key that said it. */
  owner: z.string(),
  keyId: z.string(),
  at: IsoTime,
  /** Whether it was said about the comparison with whoever leads now. */
  isCurrent: z.boolean(),
});
export type Review = z.infer<typeof Review>;

/** A candidate with everything that concerns its decision. */
export const QueuedCandidate = Candidate.extend({
  supersededBecause: z.enum(["newer-submission", "bar-moved", "banned", "competition-ended"]).nullable(),
  /** When it last joined the queue. */
  pendingSince: IsoTime,
  /** How long it has been waiting, in seconds; null once it is decided. */
  waitingSeconds: z.int().min(0).nullable(),
  /** Whether it waits longer than the settings allow. */
  isOverdue: z.boolean(),
  /** Whether approving it takes a recommendation of somebody else. */
  needsFourEyes: z.boolean(),
  reviews: z.array(Review),
});
export type QueuedCandidate = z.infer<typeof QueuedCandidate>;

export const RevokeCandidate = RejectCandidate;
export type RevokeCandidate = z.infer<typeof RevokeCandidate>;

/** `approve` counts as the first of four eyes, `note` only annotates. */
export const RecommendCandidate = CandidateRef.extend({
  verdict: z.enum(["approve", "reject", "note"]),
  note: z.string().trim().min(3).max(2000),
});
export type RecommendCandidate = z.infer<typeof RecommendCandidate>;

export type CandidateVerbs = {
  list: KeyVerb<ListCandidates, Page<QueuedCandidate>>;
  get: KeyVerb<CandidateRef, QueuedCandidate>;
  compare: KeyVerb<CandidateRef, CandidateComparison>;
  recommend: KeyVerb<RecommendCandidate, QueuedCandidate>;
  approve: KeyVerb<ApproveCandidate, QueuedCandidate>;
  reject: KeyVerb<RejectCandidate, QueuedCandidate>;
  revoke: KeyVerb<RevokeCandidate, QueuedCandidate>;
};

export const candidatesRouter = (verbs: CandidateVerbs) =>
  router({
    /** Leader candidates, oldest first. */
    list: reviewerProcedure
      .meta(rest("GET /admin/leader-candidates", { summary: "List leader candidates" }))
      .input(ListCandidates)
      .output(pageOf(QueuedCandidate))
      .query(({ ctx, input }) => verbs.list(ctx, input)),
    /** One candidate with the comparison it rests on. */
    get: reviewerProcedure
      .meta(rest("GET /admin/leader-candidates/{id}", { summary: "Get a leader candidate" }))
      .input(CandidateRef)
      .output(QueuedCandidate)
      .query(({ ctx, input }) => verbs.get(ctx, input)),
    /** A candidate beside the leader, environment by environment and validator by validator. */
    compare: reviewerProcedure
      .meta(
        rest("GET /admin/leader-candidates/{id}/comparison", {
          summary: "Compare a candidate with the leader",
        }),
      )
      .input(CandidateRef)
      .output(CandidateComparison)
      .query(({ ctx, input }) => verbs.compare(ctx, input)),
    /** Annotates a pending candidate, or recommends a decision. CONFLICT if it is decided. */
    recommend: reviewerProcedure
      .meta(rest("POST /admin/leader-candidates/{id}/recommend", { summary: "Review a leader candidate" }))
      .input(RecommendCandidate)
      .output(QueuedCandidate)
      .mutation(({ ctx, input }) => verbs.recommend(ctx, input)),
    /** Makes a pending candidate the leader. CONFLICT if someone else has decided, or it no longer stands. */
    approve: adminProcedure
      .meta(rest("POST /admin/leader-candidates/{id}/approve", { summary: "Approve a leader candidate" }))
      .input(ApproveCandidate)
      .output(QueuedCandidate)
      .mutation(({ ctx, input }) => verbs.approve(ctx, input)),
    /** Turns a pending candidate down with a reason. CONFLICT if someone else has decided. */
    reject: adminProcedure
      .meta(rest("POST /admin/leader-candidates/{id}/reject", { summary: "Reject a leader candidate" }))
      .input(RejectCandidate)
      .output(QueuedCandidate)
      .mutation(({ ctx, input }) => verbs.reject(ctx, input)),
    /** Takes an approval back with a reason; if the candidate leads, the latest approved leader leads again. */
    revoke: adminProcedure
      .meta(rest("POST /admin/leader-candidates/{id}/revoke", { summary: "Revoke an approved candidate" }))
      .input(RevokeCandidate)
      .output(QueuedCandidate)
      .mutation(({ ctx, input }) => verbs.revoke(ctx, input)),
  });
