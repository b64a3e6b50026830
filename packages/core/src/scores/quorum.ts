import { rational, toNumber } from "../exact/rational.ts";
import type { RosterValidator } from "./roster.ts";
import { sumOf, voices } from "./stake.ts";

/** How much of a roster has scored. */
export type Quorum = {
  readonly isReached: boolean;
  /** Validators of the roster that scored. */
  readonly validators: number;
  /** Validators it takes. */
  readonly required: number;
  /** Share of the roster's stake that scored, in [0, 1]. */
  readonly stakeShare: number;
};

/** Validators a quorum takes, if the roster has that many. */
const MIN_VALIDATORS = 2;

/**
 * Quorum: at least 2 validators (1 if the roster has one) and at least half of the roster's stake, compared exactly.
 *
 * With no stake in the whole roster every validator weighs the same; an empty roster never reaches a quorum.
 *
 * @param roster validators that may judge this miner, see {@link impartialRoster}.
 * @param scored hotkeys that scored; those outside the roster do not count.
 */
export function quorum(roster: readonly RosterValidator[], scored: ReadonlySet<string>): Quorum {
  const stakes = voices(roster.map(({ stakeRao }) => stakeRao));
  const total = sumOf(stakes);
  const present = stakes.filter((_, index) => scored.has(roster[index]?.hotkey ?? ""));
  const share = sumOf(present);
  const required = Math.min(MIN_VALIDATORS, Math.max(1, roster.length));
  return {
    isReached: present.length >= required && share * 2n >= total,
    validators: present.length,
    required,
    stakeShare: total === 0n ? 0 : toNumber(rational(share, total)),
  };
}
