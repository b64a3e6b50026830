import { Leader } from "@assay/core";
import { z } from "zod";
import { publicProcedure, rest, router } from "./trpc.ts";
import type { Verb } from "./verb.ts";

export type LeaderVerbs = { list: Verb<void, Leader[]> };

export const leadersRouter = (verbs: LeaderVerbs) =>
  router({
    /** The approved leader of every competition that has one. */
    list: publicProcedure
      .meta(rest("GET /leaders", { summary: "List current leaders", protect: false }))
      .input(z.void())
      .output(z.array(Leader))
      .query(({ ctx }) => verbs.list(ctx)),
  });
