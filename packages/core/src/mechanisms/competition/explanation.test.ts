import { expect, test } from "vitest";
import { explainMissingQuorum } from "./explanation.ts";
import { judged, leaderOf, resultsOf, runOf } from "./test/runs.ts";

test("numbers that differ never read the same", () => {
  const seeds = 100_000;
  const run = runOf(49_999, 0.5, seeds);
  expect(judged({ seedCount: seeds, entrant: resultsOf([run, run, run]) }).explanation).toBe(
    "The success rate is 49.999 %, but at least 50 % is required.",
  );
  const quorum = { isReached: false, validators: 2, required: 2, stakeShare: 0.499_999_99 };
  expect(explainMissingQuorum(quorum, { rosterSize: 4, hasLeader: false })).toBe(
    "Not scored: 2 of the 4 validators asked, with 49.999999 % of the stake, scored this agent; it takes at least 2 with 50 %.",
  );
});

test("a copy reads that it is equal", () => {
  const run = runOf(150);
  const leader = leaderOf([run, run, run]);
  expect(judged({ entrant: resultsOf([run, run, run]), leader }).explanation).toBe(
    "The success rate is equal to the leader's 75 %, but must be more than 1.5 percentage points above it.",
  );
});
