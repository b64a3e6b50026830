import { assertWhole } from "../../assert-whole.ts";
import type { TournamentPeriods } from "../../schema/tournament.ts";

/** One signed result of a validator for an entry. */
export type TournamentResult = {
  /** Hotkey that signed it. */
  readonly validator: string;
  readonly submissionId: string;
  /** 1 for the first, one more for each correction. */
  readonly attempt: number;
  /** Hash of what was signed. */
  readonly hash: string;
  /** Hash of the result this one corrects; null for the first. */
  readonly replaces: string | null;
  /** Finite; null for a validator's own failure, which is no vote and never 0. */
  readonly score: number | null;
  /** Finalised block of receipt, and the receipt's sequence within it. */
  readonly block: number;
  readonly sequence: number;
};

/** Why a result does not count. */
export type Refusal = "early" | "late" | "attempt" | "replaces";

/** What becomes of the results of a tournament. */
export type SettledResults = {
  /** The one that stands of each validator and entry, in the order of their first receipt. */
  readonly standing: readonly TournamentResult[];
  /** Two contents under one attempt: the first stays, both are published. */
  readonly equivocations: readonly { readonly first: TournamentResult; readonly second: TournamentResult }[];
  readonly refused: readonly { readonly result: TournamentResult; readonly reason: Refusal }[];
};

/**
 * Which results stand, from all that were received.
 *
 * Taken in order of receipt. The first has attempt 1; a correction is attempt n + 1 and names the hash it replaces;
 * both only while the evaluation runs: `early` and `late` are refused, like a skipped `attempt` and one that `replaces`
 * something else than what stands. The same content again changes nothing; another content under an attempt that
 * was used is an equivocation, whenever it comes.
 *
 * @param results any order.
 * @returns each list in order of receipt; `standing` by the first receipt of its validator and entry.
 * @throws CoreError CORE_OUT_OF_RANGE for an attempt that is no whole number above 0.
 */
export function settleResults(
  results: readonly TournamentResult[],
  periods: TournamentPeriods,
): SettledResults {
  const history = new Map<string, TournamentResult[]>();
  const settled = { equivocations: [] as Pair[], refused: [] as Refused[] };
  for (const result of results.toSorted((a, b) => a.block - b.block || a.sequence - b.sequence)) {
    assertWhole("attempt", result.attempt, 1);
    const key = `${result.validator}/${result.submissionId}`;
    const accepted = history.get(key) ?? [];
    const first = accepted.find(({ attempt }) => attempt === result.attempt);
    if (first?.hash === result.hash) continue;
    const reason = first === undefined ? refusalOf(result, { accepted, periods }) : undefined;
    if (first !== undefined) addEquivocation(settled.equivocations, { first, second: result });
    else if (reason !== undefined) settled.refused.push({ result, reason });
    else history.set(key, [...accepted, result]);
  }
  return { ...settled, standing: [...history.values()].flatMap((accepted) => accepted.at(-1) ?? []) };
}

/** The same second content, received again, is no more evidence than before. */
function addEquivocation(known: Pair[], { first, second }: Pair): void {
  const isKnown = known.some((pair) => pair.first === first && pair.second.hash === second.hash);
  if (!isKnown) known.push({ first, second });
}

type Pair = SettledResults["equivocations"][number];
type Refused = SettledResults["refused"][number];

function refusalOf(
  { block, attempt, replaces }: TournamentResult,
  { accepted, periods }: { accepted: readonly TournamentResult[]; periods: TournamentPeriods },
): Refusal | undefined {
  if (block < periods.evaluation) return "early";
  if (block >= periods.review) return "late";
  if (attempt !== accepted.length + 1) return "attempt";
  return replaces === (accepted.at(-1)?.hash ?? null) ? undefined : "replaces";
}
