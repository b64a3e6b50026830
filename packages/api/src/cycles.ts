import { CompetitionId, Cycle, CycleId, type Page, PageInput, pageOf } from "@assay/core";
import { z } from "zod";
import { publicProcedure, rest, router } from "./trpc.ts";
import type { Verb } from "./verb.ts";

export const CycleRef = z.object({ id: CycleId });
export type CycleRef = z.infer<typeof CycleRef>;

export const ListCycles = PageInput.extend({ competitionId: CompetitionId });
export type ListCycles = z.infer<typeof ListCycles>;

export type CycleVerbs = {
  list: Verb<ListCycles, Page<Cycle>>;
  get: Verb<CycleRef, Cycle>;
};

export const cyclesRouter = (verbs: CycleVerbs) =>
  router({
    /** Cycles of a competition, newest first; secret and randomness only of those that are done. */
    list: publicProcedure
      .meta(
        rest("GET /competitions/{competitionId}/cycles", {
          summary: "List the cycles of a competition",
          protect: false,
        }),
      )
      .input(ListCycles)
      .output(pageOf(Cycle))
      .query(({ ctx, input }) => verbs.list(ctx, input)),
    /** One cycle. NOT_FOUND if there is none. */
    get: publicProcedure
      .meta(rest("GET /cycles/{id}", { summary: "Get a cycle", protect: false }))
      .input(CycleRef)
      .output(Cycle)
      .query(({ ctx, input }) => verbs.get(ctx, input)),
  });
