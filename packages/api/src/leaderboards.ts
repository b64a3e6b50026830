import {
  Address,
  AgentFigures,
  Block,
  CompetitionId,
  CycleId,
  type Page,
  pageOf,
  SubmissionId,
  SubmissionStatus,
} from "@assay/core";
import { z } from "zod";
import { SequencePage } from "./sequence-page.ts";
import { publicProcedure, rest, router } from "./trpc.ts";
import type { Verb } from "./verb.ts";

export const GetLeaderboard = SequencePage.extend({ competitionId: CompetitionId });
export type GetLeaderboard = z.infer<typeof GetLeaderboard>;

/** A judged submission in its place; `validators` is how many reported on it. */
export const Placement = z.object({
  rank: z.int().min(1),
  submissionId: SubmissionId,
  hotkey: Address,
  status: SubmissionStatus,
  isLeader: z.boolean(),
  cycleId: CycleId,
  acceptedAtBlock: Block,
  figures: AgentFigures,
  validators: z.int().min(0),
});
export type Placement = z.infer<typeof Placement>;

export type LeaderboardVerbs = { get: Verb<GetLeaderboard, Page<Placement>> };

export const leaderboardsRouter = (verbs: LeaderboardVerbs) =>
  router({
    /** Judged submissions of a competition, best first; ties to the earlier one. NOT_FOUND without competition. */
    get: publicProcedure
      .meta(
        rest("GET /competitions/{competitionId}/leaderboard", {
          summary: "Get the leaderboard of a competition",
          protect: false,
        }),
      )
      .input(GetLeaderboard)
      .output(pageOf(Placement))
      .query(({ ctx, input }) => verbs.get(ctx, input)),
  });
