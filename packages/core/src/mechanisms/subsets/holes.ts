import type { SubsetsParameters } from "../../schema/mechanism-parameters.ts";
import type { Duels } from "./beaten.ts";
import { type Board, claim, credit } from "./board.ts";
import { unbeatenSubsets } from "./unbeaten.ts";

/**
 * Gives out the subsets that nobody won, as the policy says; with `burn` none.
 *
 * Who may have a hole S is who is beaten on all of S by nobody that came later. `earliest`: the first of them to
 * commit. `split`: all of them alike.
 *
 * @param board after every win was claimed; changed in place.
 * @param contests earliest commitment first.
 */
export function fillHoles(
  board: Board,
  contests: readonly Duels[],
  policy: SubsetsParameters["holes"],
): void {
  if (policy === "earliest") giveToEarliest(board, contests);
  if (policy === "split") splitAmongUnbeaten(board, contests);
}

function giveToEarliest(board: Board, contests: readonly Duels[]): void {
  const all = board.isTaken.length - 1;
  for (const [index, { lost }] of contests.entries()) {
    if (!board.isTaken.includes(0)) return;
    for (const subset of unbeatenSubsets(all, lost)) claim(board, { index, subset });
  }
}

function splitAmongUnbeaten(board: Board, contests: readonly Duels[]): void {
  const sharers = new Uint32Array(board.isTaken.length);
  const holesOf = ({ lost }: Duels) =>
    unbeatenSubsets(sharers.length - 1, lost).filter((subset) => board.isTaken[subset] === 0);
  for (const contest of contests)
    for (const subset of holesOf(contest)) sharers[subset] = (sharers[subset] ?? 0) + 1;
  for (const [index, contest] of contests.entries())
    for (const subset of holesOf(contest)) credit(board, { index, subset, sharers: sharers[subset] ?? 1 });
  for (const [subset, count] of sharers.entries()) if (count > 0) board.isTaken[subset] = 1;
}
