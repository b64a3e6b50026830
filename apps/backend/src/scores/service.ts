import type { Caller, ListScores, Score } from "@assay/api";
import type { Page } from "@assay/core";
import { findCompetition, pageScores, type ScoreRow } from "@assay/db";
import type { Backend } from "../backend.ts";
import { found } from "../not-found.ts";
import { horizonOf } from "../snapshots/horizon.ts";

/** What validators measured of a competition's submissions, newest cycle first. */
export async function listScores(
  backend: Backend,
  { caller, ...input }: ListScores & { caller: Caller },
): Promise<Page<Score>> {
  const { db, netuid } = backend;
  const { competitionId: id } = input;
  found(await findCompetition(db, id), { kind: "competition", id, netuid });
  const horizon = await horizonOf(backend, caller);
  const leadersBefore = horizon?.block ?? null;
  const { items, nextCursor } = await pageScores(db, { ...input, leadersBefore });
  return { items: items.map(scoreView), nextCursor };
}

function scoreView(row: ScoreRow): Score {
  const { cycleId, jobId, attempt, submissionId, hotkey, validator, episodes, failureCode } = row;
  const { stakeRao, successes, meanReward, bodySha256: sha256, receivedAt } = row;
  const hasRun = episodes > 0;
  return {
    cycleId,
    jobId,
    attempt,
    submissionId,
    hotkey,
    validator,
    stakeRao: String(stakeRao),
    isImpartial: row.validatorColdkey !== row.coldkey,
    episodes,
    successRate: hasRun ? successes / episodes : null,
    meanReward: hasRun ? meanReward : null,
    failureCode,
    sha256,
    receivedAt: receivedAt.toISOString(),
  };
}
