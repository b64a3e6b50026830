import { Address, AgentFigures, CandidateId, Finite, SubmissionId } from "@assay/core";
import { z } from "zod";

/** Challenger minus leader over the same seeds. */
export const PairedFigures = z.object({
  metric: z.enum(["success-rate", "mean-reward"]),
  difference: Finite,
  /** Standard error of the difference. */
  differenceError: Finite,
  seeds: z.int().min(0),
  /** Seeds on which the one succeeded and the other did not. */
  onlyChallenger: z.int().min(0),
  onlyLeader: z.int().min(0),
});
export type PairedFigures = z.infer<typeof PairedFigures>;

/** What one validator measured of both; figures carry their standard errors. */
export const MeasuredBy = z.object({
  validator: Address,
  challenger: AgentFigures,
  leader: AgentFigures.nullable(),
  paired: PairedFigures.nullable(),
});
export type MeasuredBy = z.infer<typeof MeasuredBy>;

/** One environment: the task of the competition, over the seeds of the candidate's cycle. */
export const ComparedEnvironment = z.object({
  environment: z.string(),
  byValidator: z.array(MeasuredBy),
});
export type ComparedEnvironment = z.infer<typeof ComparedEnvironment>;

/** A candidate beside the leader it was run with. */
export const CandidateComparison = z.object({
  id: CandidateId,
  challenger: z.object({ submissionId: SubmissionId, hotkey: Address, figures: AgentFigures }),
  /** Who leads now; null if nobody does. */
  leader: z
    .object({
      submissionId: SubmissionId,
      hotkey: Address,
      /** Whether it ran the candidate's seeds, so that the two can be compared. */
      ranSameSeeds: z.boolean(),
    })
    .nullable(),
  /** The comparison that the verdict rests on: lead, its error, and the lead that is required. */
  verdict: z
    .object({
      metric: z.enum(["success-rate", "mean-reward"]),
      difference: Finite,
      differenceError: Finite,
      bar: Finite,
    })
    .nullable(),
  environments: z.array(ComparedEnvironment),
});
export type CandidateComparison = z.infer<typeof CandidateComparison>;
