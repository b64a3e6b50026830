import {
  Address,
  CompetitionId,
  CycleId,
  Finite,
  IsoTime,
  JobId,
  type Page,
  PageInput,
  pageOf,
  RaoText,
  Sha256,
  Share,
  SubmissionId,
} from "@assay/core";
import { z } from "zod";
import { publicProcedure, rest, router } from "./trpc.ts";
import type { Verb } from "./verb.ts";

/** Where a page of scores ended: the result of one attempt. */
const CURSOR = /^cycle_[0-9a-f-]{36}\/job_[0-9a-f-]{36}\/[1-9]\d{0,8}$/;

export const ListScores = PageInput.extend({
  competitionId: CompetitionId,
  cycleId: CycleId.nullish(),
  submissionId: SubmissionId.nullish(),
  cursor: z.string().regex(CURSOR, "expected the nextCursor of a page").nullish(),
});
export type ListScores = z.infer<typeof ListScores>;

/** What one validator measured of one submission in a cycle that is done. */
export const Score = z.object({
  cycleId: CycleId,
  jobId: JobId,
  attempt: z.int().min(1),
  submissionId: SubmissionId,
  hotkey: Address,
  validator: Address,
  /** The validator's stake weight, frozen when the cycle closed. */
  stakeRao: RaoText,
  /** False for a validator that shares the miner's coldkey: its vote is dropped. */
  isImpartial: z.boolean(),
  episodes: z.int().min(0),
  /** Null without episodes, because the agent failed as a whole. */
  successRate: Share.nullable(),
  meanReward: Finite.nullable(),
  failureCode: z.string().nullable(),
  /** Of the text the validator signed. */
  sha256: Sha256,
  receivedAt: IsoTime,
});
export type Score = z.infer<typeof Score>;

export type ScoreVerbs = { list: Verb<ListScores, Page<Score>> };

export const scoresRouter = (verbs: ScoreVerbs) =>
  router({
    /** What validators measured, newest cycle first. Nothing of a cycle that still runs, or they could copy each other. */
    list: publicProcedure
      .meta(
        rest("GET /competitions/{competitionId}/scores", {
          summary: "List what validators measured in a competition",
          protect: false,
        }),
      )
      .input(ListScores)
      .output(pageOf(Score))
      .query(({ ctx, input }) => verbs.list(ctx, input)),
  });
