import { Competition, CompetitionId, CreateCompetition, type Page, PageInput, pageOf } from "@assay/core";
import { z } from "zod";
import { adminProcedure, publicProcedure, rest, router } from "./trpc.ts";
import type { KeyVerb, Verb } from "./verb.ts";

export const CompetitionRef = z.object({ id: CompetitionId });
export type CompetitionRef = z.infer<typeof CompetitionRef>;

export type CompetitionVerbs = {
  create: KeyVerb<CreateCompetition, Competition>;
  list: Verb<PageInput, Page<Competition>>;
  get: Verb<CompetitionRef, Competition>;
};

export const competitionsRouter = (verbs: CompetitionVerbs) =>
  router({
    /** Opens a competition; its first cycle collects submissions from now on. */
    create: adminProcedure
      .meta(rest("POST /admin/competitions", { summary: "Create a competition" }))
      .input(CreateCompetition)
      .output(Competition)
      .mutation(({ ctx, input }) => verbs.create(ctx, input)),
    /** Competitions of the subnet, oldest first. */
    list: publicProcedure
      .meta(rest("GET /competitions", { summary: "List competitions", protect: false }))
      .input(PageInput)
      .output(pageOf(Competition))
      .query(({ ctx, input }) => verbs.list(ctx, input)),
    /** One competition. NOT_FOUND if there is none. */
    get: publicProcedure
      .meta(rest("GET /competitions/{id}", { summary: "Get a competition", protect: false }))
      .input(CompetitionRef)
      .output(Competition)
      .query(({ ctx, input }) => verbs.get(ctx, input)),
  });
