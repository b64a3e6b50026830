import {
  Block,
  Competition,
  CompetitionId,
  CreateCompetition,
  IsoTime,
  type Page,
  PageInput,
  pageOf,
  Thresholds,
} from "@assay/core";
import { z } from "zod";
import { changesTo } from "./changes.ts";
import { adminProcedure, publicProcedure, rest, router } from "./trpc.ts";
import type { KeyVerb, Verb } from "./verb.ts";

export const CompetitionRef = z.object({ id: CompetitionId });
export type CompetitionRef = z.infer<typeof CompetitionRef>;

export const ListCompetitions = PageInput.extend({
  /** Left out, all that are not archived. */
  status: Competition.shape.status.nullish(),
});
export type ListCompetitions = z.infer<typeof ListCompetitions>;

const Reason = z.string().trim().min(3).max(2000);

/** What an admin changes; everything left out stays as it is. */
export const UpdateCompetition = CompetitionRef.extend({
  name: CreateCompetition.shape.name.optional(),
  points: z.int().min(1).max(1_000_000).optional(),
  cycleBlocks: z.int().min(1).max(1_000_000).optional(),
  fourEyes: z.boolean().optional(),
  /** Only before it has started. */
  startBlock: Block.optional(),
  /** Null for no end. */
  endBlock: Block.nullish(),
  /** In force for cycles that begin from now on; those left out stay as they are. */
  thresholds: changesTo(Thresholds).optional(),
  /** The version of the thresholds their author saw; CONFLICT if it is no longer the newest. */
  basedOn: z.int().min(1).optional(),
  reason: Reason.nullish(),
}).refine(({ thresholds, basedOn }) => thresholds === undefined || basedOn !== undefined, {
  message: "thresholds are based on a version: say which",
  path: ["basedOn"],
});
export type UpdateCompetition = z.infer<typeof UpdateCompetition>;

export const MoveCompetition = CompetitionRef.extend({ reason: Reason });
export type MoveCompetition = z.infer<typeof MoveCompetition>;

/** One version of what results must reach; a result is judged by the one in force when its cycle began. */
export const ThresholdsVersion = z.object({
  version: z.int().min(1),
  thresholds: Thresholds,
  createdAt: IsoTime,
});
export type ThresholdsVersion = z.infer<typeof ThresholdsVersion>;

export type CompetitionVerbs = {
  create: KeyVerb<CreateCompetition, Competition>;
  update: KeyVerb<UpdateCompetition, Competition>;
  pause: KeyVerb<MoveCompetition, Competition>;
  resume: KeyVerb<MoveCompetition, Competition>;
  archive: KeyVerb<MoveCompetition, Competition>;
  list: Verb<ListCompetitions, Page<Competition>>;
  get: Verb<CompetitionRef, Competition>;
  thresholds: Verb<CompetitionRef, ThresholdsVersion[]>;
};

export const competitionsRouter = (verbs: CompetitionVerbs) =>
  router({
    /** Opens a competition, now or at a block; its first cycle collects submissions from then on. */
    create: adminProcedure
      .meta(rest("POST /admin/competitions", { summary: "Create a competition" }))
      .input(CreateCompetition)
      .output(Competition)
      .mutation(({ ctx, input }) => verbs.create(ctx, input)),
    /** Changes a competition; other points change the weights at once. */
    update: adminProcedure
      .meta(rest("PATCH /admin/competitions/{id}", { summary: "Change a competition" }))
      .input(UpdateCompetition)
      .output(Competition)
      .mutation(({ ctx, input }) => verbs.update(ctx, input)),
    /** Takes no more submissions and judges nothing until it is resumed; its leader goes on being paid. */
    pause: adminProcedure
      .meta(rest("POST /admin/competitions/{id}/pause", { summary: "Pause a competition" }))
      .input(MoveCompetition)
      .output(Competition)
      .mutation(({ ctx, input }) => verbs.pause(ctx, input)),
    /** Goes on with a paused competition. */
    resume: adminProcedure
      .meta(rest("POST /admin/competitions/{id}/resume", { summary: "Resume a competition" }))
      .input(MoveCompetition)
      .output(Competition)
      .mutation(({ ctx, input }) => verbs.resume(ctx, input)),
    /** Ends a competition for good and puts it away; its leader is paid no more. */
    archive: adminProcedure
      .meta(rest("POST /admin/competitions/{id}/archive", { summary: "Archive a competition" }))
      .input(MoveCompetition)
      .output(Competition)
      .mutation(({ ctx, input }) => verbs.archive(ctx, input)),
    /** Competitions of the subnet, oldest first. */
    list: publicProcedure
      .meta(rest("GET /competitions", { summary: "List competitions", protect: false }))
      .input(ListCompetitions)
      .output(pageOf(Competition))
      .query(({ ctx, input }) => verbs.list(ctx, input)),
    /** One competition. NOT_FOUND if there is none. */
    get: publicProcedure
      .meta(rest("GET /competitions/{id}", { summary: "Get a competition", protect: false }))
      .input(CompetitionRef)
      .output(Competition)
      .query(({ ctx, input }) => verbs.get(ctx, input)),
    /** Every version of a competition's thresholds, oldest first. */
    thresholds: publicProcedure
      .meta(
        rest("GET /competitions/{id}/thresholds", {
          summary: "List the versions of a competition's thresholds",
          protect: false,
        }),
      )
      .input(CompetitionRef)
      .output(z.array(ThresholdsVersion))
      .query(({ ctx, input }) => verbs.thresholds(ctx, input)),
  });
