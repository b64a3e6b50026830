import { randomBytes } from "node:crypto";
import type { AgentFigures, BarComparison, Role } from "@assay/core";
import {
  type CandidateRow,
  closeCycle,
  collectSubmissions,
  findCollectingCycle,
  findCompetition,
  insertCandidate,
  insertSubmission,
  setSubmissionVerdict,
} from "@assay/db";
import { blockOf } from "../backend.ts";
import { openNextCycle } from "../cycles/open.ts";
import type { Desk } from "./desk.ts";
import { keysOf } from "./world.ts";

export const FIGURES: AgentFigures = {
  episodes: 200,
  successRate: 0.8,
  successRateError: 0.05,
  meanReward: 0.8,
  meanRewardError: 0.05,
};

/** A pending candidate with rows of its own, as if a cycle had just been judged. */
export async function pending(
  { backend }: Desk,
  competitionId: string,
  { by = "Mia", ...changed }: { by?: string } & Partial<CandidateRow> = {},
): Promise<CandidateRow> {
  const keys = await keysOf(by);
  return backend.db.transaction().execute(async (trx) => {
    const author = { netuid: backend.netuid, ...keys };
    const sha256 = randomBytes(32).toString("hex");
    const bytes = { competitionId, sha256, sizeBytes: 1, acceptedAt: new Date(0), acceptedAtBlock: 1 };
    const { submission } = await insertSubmission(trx, { ...author, ...bytes });
    const collecting = await findCollectingCycle(trx, competitionId);
    const id = collecting?.id ?? "";
    const at = { closedAt: new Date(0), closedAtBlock: blockOf(backend), randomness: "0x00" };
    await closeCycle(trx, { id, ...at, leaderSubmissionId: null, roster: [] });
    await collectSubmissions(trx, { competitionId, cycleId: id });
    const verdict = { status: "candidate", figures: FIGURES, failure: null, explanation: "" } as const;
    await setSubmissionVerdict(trx, { id: submission.id, ...verdict });
    const competition = await findCompetition(trx, competitionId);
    if (competition !== undefined) await openNextCycle(trx, { backend, competition });
    const createdAt = new Date(backend.clock.now());
    const ids = { competitionId, cycleId: id, submissionId: submission.id, createdAt };
    const standing = { figures: FIGURES, validators: 2, stakeShare: 1, comparison: null, contested: false };
    return insertCandidate(trx, { ...author, ...ids, ...standing, ...changed });
  });
}

/** A comparison with a leader, as if both had run the same seeds. */
export function over(leaderSubmissionId: string, difference: number): BarComparison {
  return {
    metric: "success-rate",
    leaderSubmissionId,
    leaderFigures: FIGURES,
    difference,
    differenceError: 0,
    bar: 0.02,
  };
}

/** The procedures, called with a new key of a person. */
export async function person(
  desk: Desk,
  { role, owner, interests = [] }: { role: Role; owner: string; interests?: string[] },
) {
  const { id } = await desk.as("admin").keys.create({ name: `${owner}'s`, role, owner, interests });
  const { candidates, keys } = desk.as(role, id.replace(/^key_/, ""));
  return { id, candidates, keys };
}
