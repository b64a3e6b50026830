import { z } from "zod";
import { EvaluatorIdentity } from "./evaluation.ts";
import { Block, CompetitionId, Finite, IsoTime, Netuid, Share } from "./primitives.ts";

/** What a result must reach; versioned, and a result is judged by the version in force when its cycle began. */
export const Thresholds = z.object({
  minSuccessRate: Share.default(0.5),
  minAvgReward: Finite.default(0),
  minEpisodes: z.int().min(1).max(100_000).default(200),
  /** Up to how many episodes an agent near the bar runs; at most `minEpisodes` for no extra ones. */
  maxEpisodes: z.int().min(1).max(100_000).default(2_000),
  /** m: lead required, as a share of the leader's figure. */
  winMargin: Share.default(0.02),
  /** z: standard errors of the paired difference that luck must not explain. */
  zScore: z.number().min(0).max(10).default(3),
  /** ε: smallest lead that counts. */
  minLead: Share.default(0.005),
  /** Upper end of the metric: 1 for a success rate. */
  ceiling: Finite.default(1),
});
export type Thresholds = z.infer<typeof Thresholds>;

export const CreateCompetition = z.object({
  name: z.string().trim().min(1).max(100),
  task: z.string().min(1).max(64),
  /** Configuration of the task; the task's defaults fill what is left out. */
  taskConfig: z.record(z.string(), z.json()).default({}),
  /** The evaluator every validator must run. */
  evaluator: EvaluatorIdentity,
  /** Weight of this competition against the others of the subnet. */
  points: z.int().min(1).max(1_000_000).default(1),
  thresholds: Thresholds.prefault({}),
  /** Blocks between the close of one cycle's submissions and the next. */
  cycleBlocks: z.int().min(1).max(1_000_000).default(360),
  /** Approving a candidate takes two people; left out, as the settings of the subnet say. */
  fourEyes: z.boolean().nullish(),
  /** First block it takes submissions in; left out, at once. */
  startBlock: Block.nullish(),
  /** First block in which it is over; left out, it has no end. */
  endBlock: Block.nullish(),
});
export type CreateCompetition = z.infer<typeof CreateCompetition>;

export const Competition = CreateCompetition.extend({
  id: CompetitionId,
  netuid: Netuid,
  thresholdsVersion: z.int().min(1),
  status: z.enum(["scheduled", "open", "paused", "ended", "archived"]),
  fourEyes: z.boolean(),
  startBlock: Block.nullable(),
  endBlock: Block.nullable(),
  createdAt: IsoTime,
  createdAtBlock: Block,
});
export type Competition = z.infer<typeof Competition>;
