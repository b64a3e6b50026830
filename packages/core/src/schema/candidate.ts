import { z } from "zod";
import {
  Address,
  Block,
  CandidateId,
  CompetitionId,
  CycleId,
  Finite,
  IsoTime,
  Share,
  SubmissionId,
} from "./primitives.ts";
import { AgentFigures } from "./submission.ts";

export const CandidateStatus = z.enum(["pending", "approved", "rejected", "superseded", "revoked"]);
export type CandidateStatus = z.infer<typeof CandidateStatus>;

/** The paired comparison with the leader that made a submission a candidate. */
export const BarComparison = z.object({
  metric: z.enum(["success-rate", "mean-reward"]),
  leaderSubmissionId: SubmissionId,
  leaderFigures: AgentFigures,
  /** Mean over seeds of challenger minus leader. */
  difference: Finite,
  differenceError: Finite,
  /** Lead that was required. */
  bar: Finite,
});
export type BarComparison = z.infer<typeof BarComparison>;

export const Decision = z.object({
  action: z.enum(["approve", "reject", "revoke"]),
  /** Name and id of the key that decided. */
  by: z.string(),
  keyId: z.string(),
  reason: z.string().nullable(),
  at: IsoTime,
});
export type Decision = z.infer<typeof Decision>;

export const Candidate = z.object({
  id: CandidateId,
  competitionId: CompetitionId,
  cycleId: CycleId,
  submissionId: SubmissionId,
  hotkey: Address,
  coldkey: Address,
  status: CandidateStatus,
  figures: AgentFigures,
  validators: z.int().min(1),
  stakeShare: Share,
  /** Null while the competition had no leader. */
  comparison: BarComparison.nullable(),
  /** Raw and capped medians disagree: two people must look. */
  contested: z.boolean(),
  createdAt: IsoTime,
  decision: Decision.nullable(),
});
export type Candidate = z.infer<typeof Candidate>;

const Reason = z.string().trim().min(3).max(2000);
export const ApproveCandidate = z.object({ id: CandidateId, reason: Reason.nullish() });
export type ApproveCandidate = z.infer<typeof ApproveCandidate>;
export const RejectCandidate = z.object({ id: CandidateId, reason: Reason });
export type RejectCandidate = z.infer<typeof RejectCandidate>;

export const Leader = z.object({
  competitionId: CompetitionId,
  candidateId: CandidateId,
  submissionId: SubmissionId,
  hotkey: Address,
  approvedBy: z.string(),
  approvedAt: IsoTime,
  fromBlock: Block,
});
export type Leader = z.infer<typeof Leader>;
