import { assertUnique } from "../../assert-unique.ts";
import { CoreError } from "../../errors.ts";
import type { CompetitionParameters } from "../../schema/mechanism-parameters.ts";
import { PPB } from "../../schema/primitives.ts";
import type { WeightVector } from "../../schema/snapshot.ts";
import { vectorOf } from "../../weights/vector-of.ts";

/** One competition of the instance and who is paid for it. */
export type LedCompetition = {
  readonly id: string;
  /** Whole points, at least 1. */
  readonly points: number;
  /** Hotkey of the approved leader; null if nobody leads. */
  readonly leader: string | null;
  /** Billionths of a point a lost leader is still paid, see `decayedPoints`; absent or null: all points. */
  readonly decayedPoints?: bigint | null;
};

/**
 * The vector of a competition instance: each led competition pays its leader points_k / D.
 *
 * D = Σ points of led competitions. `unled: redistribute` leaves competitions without leader out of D, so the led
 * share everything; `burn` keeps their points in D and burns them. A hotkey leading several is paid for all. What a lost
 * leader no longer gets follows `unled`; with no undiminished leader to take it, it burns. Nobody leads: everything
 * burns, explicitly. Remainders go to the competition with the smaller id.
 *
 * @param competitions of one instance, ids unique, any order; points whole and positive.
 * @throws CoreError CORE_DUPLICATE, CORE_OUT_OF_RANGE.
 */
export function competitionVector({
  competitions,
  unled,
}: {
  competitions: readonly LedCompetition[];
  unled: CompetitionParameters["unled"];
}): WeightVector {
  assertUnique(
    "competitions",
    competitions.map(({ id }) => id),
  );
  const ordered = competitions.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const paid = new Map<string, bigint>();
  let unpaid = 0n;
  let hasUndiminished = false;
  for (const competition of ordered) {
    const { all, kept } = pointsOf(competition);
    unpaid += all - kept;
    if (competition.leader === null) continue;
    hasUndiminished ||= kept === all;
    paid.set(competition.leader, (paid.get(competition.leader) ?? 0n) + kept);
  }
  const burn = unled === "burn" || !hasUndiminished ? unpaid : 0n;
  return vectorOf({ policy: "leaders", amounts: [...paid], burn });
}

/** All points of a competition and those its leader is paid, in billionths of a point. */
function pointsOf({ id, points, leader, decayedPoints }: LedCompetition): { all: bigint; kept: bigint } {
  if (!Number.isSafeInteger(points) || points < 1) throw outOfRange(`points of ${id}`, points, "1 or more");
  const all = BigInt(points) * BigInt(PPB);
  const kept = leader === null ? 0n : (decayedPoints ?? all);
  if (kept < 0n || kept > all) throw outOfRange(`decayedPoints of ${id}`, kept, `0..${all}`);
  return { all, kept };
}

function outOfRange(name: string, value: number | bigint, range: string): CoreError {
  return new CoreError({ code: "CORE_OUT_OF_RANGE", name, value: String(value), range });
}
