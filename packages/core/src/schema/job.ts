import { z } from "zod";
import { AgentFailure, Episode, EvaluatorIdentity } from "./evaluation.ts";
import {
  Address,
  Block,
  CompetitionId,
  CycleId,
  IsoTime,
  JobId,
  Netuid,
  Sha256,
  Signature,
  SubmissionId,
} from "./primitives.ts";

/** One (submission, task, seeds) leased to one validator. */
export const Job = z.object({
  id: JobId,
  cycleId: CycleId,
  competitionId: CompetitionId,
  submissionId: SubmissionId,
  artefactSha256: Sha256,
  evaluator: EvaluatorIdentity,
  taskConfig: z.record(z.string(), z.json()),
  /** Hidden until the cycle ends; the same for every agent of the cycle. */
  seeds: z.array(Sha256).min(1).max(100_000),
  attempt: z.int().min(1),
  leasedUntil: IsoTime,
});
export type Job = z.infer<typeof Job>;

/** What a validator signs about one job. */
export const ResultBody = z.object({
  scheme: z.literal("assay-result-v1"),
  jobId: JobId,
  cycleId: CycleId,
  submissionId: SubmissionId,
  validator: Address,
  attempt: z.int().min(1),
  artefactSha256: Sha256,
  evaluator: EvaluatorIdentity,
  /** SHA-256 of the canonical JSON of the seeds that were run, in order. */
  seedsHash: Sha256,
  /** One per seed in the order of the seeds; empty if the agent failed as a whole. */
  episodes: z.array(Episode).max(100_000),
  failure: AgentFailure.nullable(),
});
export type ResultBody = z.infer<typeof ResultBody>;

/** `body` is the canonical JSON of a `ResultBody`, signed as it stands by the validator's hotkey. */
export const SignedResult = z.object({ body: z.string().max(16_000_000), signature: Signature });
export type SignedResult = z.infer<typeof SignedResult>;

/** What the backend signs when it has stored a result: a validator can prove a loss with it. */
export const ResultReceiptBody = z.object({
  scheme: z.literal("assay-result-receipt-v1"),
  netuid: Netuid,
  cycleId: CycleId,
  jobId: JobId,
  submissionId: SubmissionId,
  validator: Address,
  attempt: z.int().min(1),
  /** SHA-256 of the signed result's body. */
  sha256: Sha256,
  acceptedAt: IsoTime,
});
export type ResultReceiptBody = z.infer<typeof ResultReceiptBody>;

/** A cycle of one competition; the seeds and the secret appear once it is done. */
export const Cycle = z.object({
  id: CycleId,
  competitionId: CompetitionId,
  status: z.enum(["collecting", "running", "done"]),
  thresholdsVersion: z.int().min(1),
  /** SHA-256 of the secret, published while submissions are still accepted. */
  secretHash: Sha256,
  openedAtBlock: Block,
  closedAtBlock: Block.nullable(),
  secret: Sha256.nullable(),
  randomness: z.string().nullable(),
  /** Since when the signed texts of its results are gone, whose figures stay; null while they are kept. */
  textsClearedAt: IsoTime.nullable(),
});
export type Cycle = z.infer<typeof Cycle>;
