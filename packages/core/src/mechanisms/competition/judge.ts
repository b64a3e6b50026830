import type { BarComparison } from "../../schema/candidate.ts";
import type { AgentFigures } from "../../schema/submission.ts";
import { quorum } from "../../scores/quorum.ts";
import { impartialRoster } from "../../scores/roster.ts";
import { stakeMedian } from "../../scores/stake-median.ts";
import { explainFinding, explainMissingQuorum } from "./explanation.ts";
import { compareFindings, type Finding, findingOf } from "./finding.ts";
import { assertJudgeable, type JudgeInput } from "./judge-input.ts";

type Judged = {
  /** Validators whose results counted, and their share of the stake that may judge this miner. */
  validators: number;
  stakeShare: number;
  /** One sentence for the miner. */
  explanation: string;
};

/** Where a submission stands after its cycle. */
export type Verdict =
  | (Judged & { status: "unscored"; figures: null; comparison: null; contested: false })
  | (Judged & {
      status: "ineligible" | "below-bar" | "candidate";
      figures: AgentFigures;
      comparison: BarComparison | null;
      contested: boolean;
    });

/**
 * The verdict on one submission from what the validators of its roster measured.
 *
 * Each validator v that scored the entrant, and the leader if there is one, finds by its own figures: ineligible
 * (a minimum is missed or the agent failed as a whole), below the bar (margin_v = d_v − bar_v ≤ 0), or over it.
 * The verdict is that of the stake-weighted median validator, findings ordered so, then by margin (without leader by
 * success rate), then by mean reward; its figures are what is shown. So it takes more than half of the stake to
 * lift an entrant over the bar. The median is taken raw and with stake capped per coldkey: both over the bar make a
 * candidate, one alone a contested candidate, otherwise the capped median speaks. Votes of validators that share the
 * miner's coldkey are dropped; without a quorum of the others it is unscored.
 *
 * @throws CoreError CORE_DUPLICATE, CORE_UNKNOWN_HOTKEY (result of a validator outside the roster),
 *   CORE_LENGTH_MISMATCH (episodes and seeds), CORE_OUT_OF_RANGE, CORE_EMPTY (no seeds).
 */
export function judgeSubmission(input: JudgeInput): Verdict {
  assertJudgeable(input);
  const roster = impartialRoster(input.roster, input.minerColdkey);
  const findings = roster.flatMap((validator) => findingOf(validator, input) ?? []);
  const reached = quorum(roster, new Set(findings.map(({ hotkey }) => hotkey)));
  const { validators, stakeShare } = reached;
  if (!reached.isReached) {
    const explanation = explainMissingQuorum(reached, {
      rosterSize: roster.length,
      hasLeader: input.leader !== null,
    });
    return {
      status: "unscored",
      figures: null,
      comparison: null,
      contested: false,
      validators,
      stakeShare,
      explanation,
    };
  }
  const { finding, contested } = decide(findings);
  const { status, figures, comparison } = finding;
  const explanation = explainFinding(finding, contested);
  return { status, figures, comparison, contested, validators, stakeShare, explanation };
}

/** The finding that counts: the capped median's, or whichever is over the bar if only one is. */
function decide(findings: readonly Finding[]): { finding: Finding; contested: boolean } {
  const { raw, capped } = stakeMedian(findings, compareFindings);
  const contested = (raw.status === "candidate") !== (capped.status === "candidate");
  return { finding: contested && raw.status === "candidate" ? raw : capped, contested };
}
