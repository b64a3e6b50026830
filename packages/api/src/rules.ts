import { Block, RulesDocument } from "@assay/core";
import { z } from "zod";
import { adminProcedure, publicProcedure, rest, router } from "./trpc.ts";
import type { KeyVerb, Verb } from "./verb.ts";

/** The rules at the newest finalised block, and what is to replace them. */
export const RulesInForce = z.object({ rules: RulesDocument, upcoming: RulesDocument.nullable() });
export type RulesInForce = z.infer<typeof RulesInForce>;

/** `replaces` is the `fromBlock` of the newest document the editor saw, so that two editors cannot undo each other unseen. */
export const PutRules = z.object({ replaces: Block, rules: RulesDocument });
export type PutRules = z.infer<typeof PutRules>;

export type RulesVerbs = { get: Verb<void, RulesInForce>; put: KeyVerb<PutRules, RulesInForce> };

export const rulesRouter = (verbs: RulesVerbs) =>
  router({
    /** The rules document in force. */
    get: publicProcedure
      .meta(rest("GET /rules", { summary: "Get the rules document", protect: false }))
      .input(z.void())
      .output(RulesInForce)
      .query(({ ctx }) => verbs.get(ctx)),
    /** Adds a rules document that takes over at its `fromBlock`. CONFLICT if another was added since. */
    put: adminProcedure
      .meta(rest("PUT /admin/rules", { summary: "Replace the rules document" }))
      .input(PutRules)
      .output(RulesInForce)
      .mutation(({ ctx, input }) => verbs.put(ctx, input)),
  });
