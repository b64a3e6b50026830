import { Block, CompetitionId, IsoTime, Leader, type Page, PageInput, pageOf } from "@assay/core";
import { z } from "zod";
import { publicProcedure, rest, reviewerProcedure, router } from "./trpc.ts";
import type { KeyVerb, Verb } from "./verb.ts";

/** One leadership from its beginning to its end; the last four are null while it lasts and is whole. */
export const Leadership = Leader.extend({
  endedAt: IsoTime.nullable(),
  endedAtBlock: Block.nullable(),
  endReason: z.enum(["replaced", "revoked", "banned", "deregistered", "decayed", "ended"]).nullable(),
  /** Since when, and why, its points halve again and again. */
  lostAtBlock: Block.nullable(),
  lostBecause: z.enum(["below-thresholds", "absent", "tenure"]).nullable(),
});
export type Leadership = z.infer<typeof Leadership>;

export const ListLeaderships = PageInput.extend({ competitionId: CompetitionId });
export type ListLeaderships = z.infer<typeof ListLeaderships>;

export type LeaderVerbs = {
  list: Verb<void, Leader[]>;
  history: KeyVerb<ListLeaderships, Page<Leadership>>;
};

export const leadersRouter = (verbs: LeaderVerbs) =>
  router({
    /** The approved leader of every competition that has one. */
    list: publicProcedure
      .meta(rest("GET /leaders", { summary: "List current leaders", protect: false }))
      .input(z.void())
      .output(z.array(Leader))
      .query(({ ctx }) => verbs.list(ctx)),
    /** Everyone who has led a competition, latest first, and why it ended. NOT_FOUND without competition. */
    history: reviewerProcedure
      .meta(rest("GET /admin/competitions/{competitionId}/leaders", { summary: "List all leaderships" }))
      .input(ListLeaderships)
      .output(pageOf(Leadership))
      .query(({ ctx, input }) => verbs.history(ctx, input)),
  });
