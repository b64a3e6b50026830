import { assertUnique } from "../../assert-unique.ts";
import { assertWhole } from "../../assert-whole.ts";
import type { AcceptedAgent } from "./entries.ts";
import type { TournamentRanking } from "./ranking.ts";

/** What people decided about an entry, in force now. */
export type ReviewDecision = {
  readonly submissionId: string;
  readonly decision: "approved" | "rejected";
  /** Finalised block from which it holds. */
  readonly atBlock: number;
};

/** A review so far. */
export type TournamentReview = {
  /** One at most per entry; a revoked approval is `rejected`. */
  readonly decisions: readonly ReviewDecision[];
  /** Whether nobody else is to be approved: what has no decision is out. */
  readonly isClosed: boolean;
};

/** Someone who is paid. */
export type Place = {
  readonly hotkey: string;
  readonly submissionId: string;
  readonly approvedAtBlock: number;
};

/** What a review came to. */
export type ReviewOutcome = {
  /** The approved by place, from the first; null for a place that waits for a decision. */
  readonly places: readonly (Place | null)[];
  /** The entry to decide about next; null if the review is through. */
  readonly next: AcceptedAgent | null;
  /** Whether there was nobody to rank: then the review alone decides, and until it does nothing is known. */
  readonly isUnscored: boolean;
};

/**
 * Who takes the places: the ranking from the top, those rejected left out, those approved in.
 *
 * It stops at the first entry nobody decided about: that place and those below wait. So the next can only win once the
 * first is rejected, and an approval further down has no effect until then. Entries under `minScore` are no candidates.
 * If entries are there but none could be scored, they are candidates in order of acceptance.
 *
 * @param ranking see `tournamentRanking`.
 * @param review what people decided; decisions about other agents have no effect.
 * @param count places there are to fill: 1, or 3 for a podium.
 * @throws CoreError CORE_DUPLICATE for two decisions about one entry, CORE_OUT_OF_RANGE.
 * @see Nepher SN49, review period.
 */
export function reviewOutcome(
  { ranked, unscored }: TournamentRanking,
  { decisions, isClosed }: TournamentReview,
  count: number,
): ReviewOutcome {
  assertWhole("count", count, 1);
  assertUnique(
    "decisions",
    decisions.map(({ submissionId }) => submissionId),
  );
  const isUnscored = ranked.length === 0 && unscored.length > 0;
  const candidates = isUnscored ? unscored : ranked.filter(({ reachesMinScore }) => reachesMinScore);
  const made = new Map(decisions.map((decision) => [decision.submissionId, decision]));
  const left = candidates.filter(({ submissionId }) =>
    isClosed
      ? made.get(submissionId)?.decision === "approved"
      : made.get(submissionId)?.decision !== "rejected",
  );
  const open = left.findIndex(({ submissionId }) => !made.has(submissionId));
  const places = left.slice(0, count).map((entry, index) => {
    const decision = made.get(entry.submissionId);
    const isWaiting = decision === undefined || (open !== -1 && index > open);
    return isWaiting ? null : placeOf(entry, decision);
  });
  return { places, next: (open !== -1 && open < count ? left[open] : undefined) ?? null, isUnscored };
}

function placeOf({ hotkey, submissionId }: AcceptedAgent, { atBlock }: ReviewDecision): Place {
  return { hotkey, submissionId, approvedAtBlock: atBlock };
}
