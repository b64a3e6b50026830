import { z } from "zod";
import { Address, Block, BlockHash, CandidateId, CompetitionId } from "./primitives.ts";
import { RulesDocument } from "./rules-document.ts";
import { OnExpiry } from "./snapshot.ts";

/** From which block on a leader's points halve, and how often. */
export const LeaderLoss = z.object({
  lostAtBlock: Block,
  halfLifeBlocks: z.int().min(1).max(10_000_000),
});
export type LeaderLoss = z.infer<typeof LeaderLoss>;

/** The approved leader of a competition; `loss` is null while all its points are its own. */
export const LeaderInput = z.object({
  hotkey: Address,
  /** The approved candidate: the decision that put it in the lead. */
  decision: CandidateId,
  loss: LeaderLoss.nullable(),
});
export type LeaderInput = z.infer<typeof LeaderInput>;

/** One competition as a snapshot saw it. */
export const CompetitionInput = z.object({
  id: CompetitionId,
  points: z.int().min(1).max(1_000_000_000),
  leader: LeaderInput.nullable(),
});
export type CompetitionInput = z.infer<typeof CompetitionInput>;

/**
 * Everything a snapshot is computed from, published so that anybody can compute it again. Its SHA-256 over the canonical
 * JSON is the `inputsHash` of every instance in the snapshot.
 */
export const SnapshotInputs = z.object({
  scheme: z.literal("assay-snapshot-inputs-v1"),
  genesis: BlockHash,
  /** Finalised block that everything here was read at. */
  block: Block,
  /** Epoch index at that block. */
  forEpoch: z.int().min(0),
  /** Blocks per epoch, as the chain has it. */
  tempo: z.int().min(1).max(1_000_000),
  /** Epochs until a commit is revealed, as the chain has it; 0 without commit-reveal. */
  revealPeriodEpochs: z.int().min(0).max(1_000_000),
  onExpiry: OnExpiry,
  /** SubnetOwnerHotkey: what burns goes to it. */
  ownerHotkey: Address,
  /** Those leaders' hotkeys that were registered at the block, ascending. */
  registered: z.array(Address).max(4096),
  rules: RulesDocument,
  /** Competitions that pay, ids ascending. */
  competitions: z.array(CompetitionInput).max(4096),
});
export type SnapshotInputs = z.infer<typeof SnapshotInputs>;

/** The inputs of one version as they travel: the text their hash was taken of. */
export const PublishedInputs = z.object({
  version: z.int().min(1),
  /** Canonical JSON of `SnapshotInputs`. */
  inputs: z.string().max(4_000_000),
});
export type PublishedInputs = z.infer<typeof PublishedInputs>;
