import { z } from "zod";
import { Block, idOf } from "./primitives.ts";

export const TournamentId = idOf("tournament");

/**
 * The blocks at which the periods of a tournament begin, each ending where the next begins; `end` is the first block
 * after the last. Finalised heights; times are only ever estimated from them.
 */
export const TournamentPeriods = z
  .object({
    contest: Block,
    submit: Block,
    evaluation: Block,
    review: Block,
    reward: Block,
    end: Block,
  })
  .refine(
    ({ contest, submit, evaluation, review, reward, end }) =>
      contest < submit && submit < evaluation && evaluation < review && review < reward && reward < end,
    "the periods must follow each other, none empty",
  );
export type TournamentPeriods = z.infer<typeof TournamentPeriods>;

/** What is fixed about a tournament before it begins. */
export const TournamentPlan = z.object({
  id: TournamentId,
  periods: TournamentPeriods,
  /** Billionths of a point of score that a place takes at least. */
  minScore: z.int().min(0).default(0),
});
export type TournamentPlan = z.infer<typeof TournamentPlan>;
