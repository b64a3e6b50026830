import { IsoTime, RulesDocument } from "@assay/core";
import { z } from "zod";
import { adminProcedure, publicProcedure, rest, router } from "./trpc.ts";
import type { KeyVerb, Verb } from "./verb.ts";

/** The rules in force and their place in the history. */
export const RulesVersion = z.object({
  version: z.int().min(1),
  rules: RulesDocument,
  by: z.string(),
  at: IsoTime,
});
export type RulesVersion = z.infer<typeof RulesVersion>;

/** `version` is the one that was edited, so that two editors cannot undo each other unseen. */
export const PutRules = z.object({ version: z.int().min(1), rules: RulesDocument });
export type PutRules = z.infer<typeof PutRules>;

export type RulesVerbs = { get: Verb<void, RulesVersion>; put: KeyVerb<PutRules, RulesVersion> };

export const rulesRouter = (verbs: RulesVerbs) =>
  router({
    /** The rules document in force. */
    get: publicProcedure
      .meta(rest("GET /rules", { summary: "Get the rules document", protect: false }))
      .input(z.void())
      .output(RulesVersion)
      .query(({ ctx }) => verbs.get(ctx)),
    /** Replaces the rules document. CONFLICT if it changed since it was read. */
    put: adminProcedure
      .meta(rest("PUT /admin/rules", { summary: "Replace the rules document" }))
      .input(PutRules)
      .output(RulesVersion)
      .mutation(({ ctx, input }) => verbs.put(ctx, input)),
  });
