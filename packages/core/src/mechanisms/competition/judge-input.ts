import { assertUnique } from "../../assert-unique.ts";
import { CoreError } from "../../errors.ts";
import type { Thresholds } from "../../schema/competition.ts";
import type { ResultBody } from "../../schema/job.ts";
import type { Preset } from "../../schema/rules-document.ts";
import type { RosterValidator } from "../../scores/roster.ts";
import { assertStakes } from "../../scores/stake.ts";

/** What one validator reported about one agent; a `ResultBody` is one. */
export type ValidatorResult = Readonly<Pick<ResultBody, "validator" | "episodes" | "failure">>;

/** Everything a submission is judged by. */
export type JudgeInput = {
  readonly preset: Preset;
  /** In force when the cycle began. */
  readonly thresholds: Thresholds;
  /** Validators asked, with coldkey and stake frozen at the job's block. */
  readonly roster: readonly RosterValidator[];
  readonly minerColdkey: string;
  /** Seeds of the cycle; every result without failure has one episode for each. */
  readonly seedCount: number;
  /** At most one result per validator of the roster. */
  readonly entrant: readonly ValidatorResult[];
  /** The leader's results on the same seeds; null if the competition has none. */
  readonly leader: { readonly submissionId: string; readonly results: readonly ValidatorResult[] } | null;
};

/** Refuses results that nobody asked for or that do not cover the seeds; the codes are those of `judgeSubmission`. */
export function assertJudgeable({ roster, seedCount, entrant, leader }: JudgeInput): void {
  if (seedCount < 1) throw new CoreError({ code: "CORE_EMPTY", name: "seeds" });
  assertStakes(roster);
  assertUnique(
    "roster",
    roster.map(({ hotkey }) => hotkey),
  );
  const hotkeys = new Set(roster.map(({ hotkey }) => hotkey));
  for (const [name, results] of [
    ["entrant", entrant],
    ["leader", leader?.results ?? []],
  ] as const) {
    assertUnique(
      `results of the ${name}`,
      results.map(({ validator }) => validator),
    );
    for (const result of results) assertResult(name, result, { hotkeys, seedCount });
  }
}

function assertResult(
  name: string,
  { validator, episodes, failure }: ValidatorResult,
  { hotkeys, seedCount }: { hotkeys: ReadonlySet<string>; seedCount: number },
): void {
  if (!hotkeys.has(validator)) throw new CoreError({ code: "CORE_UNKNOWN_HOTKEY", name, hotkey: validator });
  const expected = failure === null ? seedCount : 0;
  if (episodes.length === expected) return;
  const subject = `episodes of the ${name} by ${validator}`;
  throw new CoreError({ code: "CORE_LENGTH_MISMATCH", name: subject, expected, actual: episodes.length });
}
