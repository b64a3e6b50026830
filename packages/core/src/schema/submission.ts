import { z } from "zod";
import { AgentFailure } from "./evaluation.ts";
import {
  Address,
  Block,
  CompetitionId,
  Finite,
  IsoTime,
  Netuid,
  Sha256,
  Share,
  Signature,
  SubmissionId,
} from "./primitives.ts";

/** Largest artefact in bytes. */
export const MAX_ARTEFACT_BYTES = 1_048_576;

export const SubmitAgent = z.object({
  competitionId: CompetitionId,
  /** SHA-256 of the artefact's bytes; the backend recomputes it. */
  sha256: Sha256,
  /** The artefact, base64 (RFC 4648, padded). */
  artefact: z.base64().max(Math.ceil(MAX_ARTEFACT_BYTES / 3) * 4),
});
export type SubmitAgent = z.infer<typeof SubmitAgent>;

/** What the backend signs when it has stored a submission: a miner can prove a loss with it. */
export const ReceiptBody = z.object({
  scheme: z.literal("assay-receipt-v1"),
  netuid: Netuid,
  submissionId: SubmissionId,
  competitionId: CompetitionId,
  hotkey: Address,
  sha256: Sha256,
  /** Finalised block of acceptance; with `sequence` it orders every tie. */
  acceptedAtBlock: Block,
  sequence: z.int().min(1),
  acceptedAt: IsoTime,
});
export type ReceiptBody = z.infer<typeof ReceiptBody>;

/** `body` is the canonical JSON of a `ReceiptBody`, signed as it stands by the backend's `key`. */
export const Receipt = z.object({ body: z.string(), key: Address, signature: Signature });
export type Receipt = z.infer<typeof Receipt>;

export const SubmissionStatus = z.enum([
  "waiting",
  "evaluating",
  "unscored",
  "ineligible",
  "below-bar",
  "candidate",
  "withdrawn",
]);
export type SubmissionStatus = z.infer<typeof SubmissionStatus>;

/** Aggregated figures of one agent in one cycle. */
export const AgentFigures = z.object({
  episodes: z.int().min(0),
  successRate: Share,
  successRateError: Finite,
  meanReward: Finite,
  meanRewardError: Finite,
});
export type AgentFigures = z.infer<typeof AgentFigures>;

export const Submission = z.object({
  id: SubmissionId,
  competitionId: CompetitionId,
  hotkey: Address,
  coldkey: Address,
  sha256: Sha256,
  sizeBytes: z.int().min(1).max(MAX_ARTEFACT_BYTES),
  status: SubmissionStatus,
  acceptedAtBlock: Block,
  sequence: z.int().min(1),
  acceptedAt: IsoTime,
  figures: AgentFigures.nullable(),
  failure: AgentFailure.nullable(),
  /** In words, why it stands where it stands. */
  explanation: z.string(),
});
export type Submission = z.infer<typeof Submission>;
