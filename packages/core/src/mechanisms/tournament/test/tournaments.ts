import { rational } from "../../../exact/rational.ts";
import type { TournamentPeriods } from "../../../schema/tournament.ts";
import type { AcceptedAgent } from "../entries.ts";
import type { Standing } from "../ranking.ts";
import type { TournamentResult } from "../results.ts";
import type { ReviewDecision } from "../review.ts";

/** Contest from 100, submit 200, evaluation 300, review 400, reward 500, end 600; `later` moves all of it. */
export function periodsAt(later = 0): TournamentPeriods {
  return {
    contest: 100 + later,
    submit: 200 + later,
    evaluation: 300 + later,
    review: 400 + later,
    reward: 500 + later,
    end: 600 + later,
  };
}

/** An agent of a hotkey of that name, accepted at a block of the contest. */
export function agent(hotkey: string, changes: Partial<AcceptedAgent> = {}): AcceptedAgent {
  const submissionId = `agent-${hotkey}`;
  return { submissionId, hotkey, coldkey: `${hotkey}-cold`, acceptedAtBlock: 150, sequence: 0, ...changes };
}

/** A first result, received early in the evaluation. */
export function result(
  validator: string,
  hotkey: string,
  changes: Partial<TournamentResult> = {},
): TournamentResult {
  return {
    validator,
    submissionId: `agent-${hotkey}`,
    attempt: 1,
    hash: `${validator}-${hotkey}-1`,
    replaces: null,
    score: 0.5,
    block: 310,
    sequence: 0,
    ...changes,
  };
}

/** A validator with stake and a coldkey of its own. */
export function judge(hotkey: string, stakeRao = 100n) {
  return { hotkey, coldkey: `${hotkey}-cold`, stakeRao };
}

/** A ranked agent. */
export function standing(hotkey: string, thousandths: number, changes: Partial<Standing> = {}): Standing {
  return {
    ...agent(hotkey),
    score: rational(BigInt(thousandths), 1000n),
    value: thousandths / 1000,
    validators: 2,
    stakeShare: 1,
    reachesMinScore: true,
    ...changes,
  };
}

/** A decision about the agent of a hotkey, made in the review. */
export function decided(hotkey: string, decision: ReviewDecision["decision"]): ReviewDecision {
  return { submissionId: `agent-${hotkey}`, decision, atBlock: 450 };
}
