import type { TournamentParameters } from "../../schema/mechanism-parameters.ts";

const PRIZES = { winner: [1n], podium: [7n, 2n, 1n] } as const;

/** What the places are worth in proportion to each other, from the first: all to the winner, or 7:2:1. */
export function prizesOf({ prizes }: Pick<TournamentParameters, "prizes">): readonly bigint[] {
  return PRIZES[prizes];
}
