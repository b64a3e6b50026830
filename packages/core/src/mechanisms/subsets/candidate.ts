import { assertUnique } from "../../assert-unique.ts";
import { assertWhole } from "../../assert-whole.ts";
import { CoreError } from "../../errors.ts";

/** What an agent did in one environment. */
export type EnvironmentRecord = {
  /** Whole, 0 up to `episodes`. */
  readonly successes: number;
  /** Episodes that were really run; failures of the infrastructure are none. */
  readonly episodes: number;
};

/** An agent that competes in all environments. */
export type SubsetCandidate = {
  readonly hotkey: string;
  /** Finalised block of the first commitment to these contents, and the sequence of its receipt within it. */
  readonly committedAtBlock: number;
  readonly sequence: number;
  /** One for each environment, in the order of the parameters. */
  readonly records: readonly EnvironmentRecord[];
};

/** p: successes / episodes; 0 without episodes. */
export function rateOf({ successes, episodes }: EnvironmentRecord): number {
  return episodes === 0 ? 0 : successes / episodes;
}

/** Earlier commitment first: block, then receipt sequence, never a uid. */
export function byCommitment(a: SubsetCandidate, b: SubsetCandidate): number {
  return a.committedAtBlock - b.committedAtBlock || a.sequence - b.sequence;
}

/**
 * Refuses candidates that cannot be compared.
 *
 * @throws CoreError CORE_DUPLICATE (a hotkey, or a place in the order of commitment), CORE_LENGTH_MISMATCH (records and
 *   environments), CORE_OUT_OF_RANGE.
 */
export function assertCandidates(candidates: readonly SubsetCandidate[], environments: number): void {
  assertUnique(
    "hotkeys",
    candidates.map(({ hotkey }) => hotkey),
  );
  assertUnique(
    "commitments",
    candidates.map(({ committedAtBlock, sequence }) => `${committedAtBlock}/${sequence}`),
  );
  for (const candidate of candidates) assertCandidate(candidate, environments);
}

function assertCandidate({ hotkey, records, ...at }: SubsetCandidate, environments: number): void {
  assertWhole(`committedAtBlock of ${hotkey}`, at.committedAtBlock);
  assertWhole(`sequence of ${hotkey}`, at.sequence);
  if (records.length !== environments)
    throw new CoreError({
      code: "CORE_LENGTH_MISMATCH",
      name: `records of ${hotkey}`,
      expected: environments,
      actual: records.length,
    });
  for (const { successes, episodes } of records) {
    assertWhole(`successes of ${hotkey}`, successes);
    assertWhole(`episodes of ${hotkey}`, episodes, successes);
  }
}
