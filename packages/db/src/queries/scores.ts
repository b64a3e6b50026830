import type { Page } from "@assay/core";
import { sql } from "kysely";
import type { Db } from "../connect.ts";
import { type PageOf, toPage } from "./page.ts";

export type ScoreFilter = PageOf & {
  competitionId: string;
  cycleId?: string | null | undefined;
  submissionId?: string | null | undefined;
  /** Leaders that ran along are left out of cycles that closed at this block or later; null for no such block. */
  leadersBefore?: number | null | undefined;
};

/** Results of cycles that are done, with the validator's frozen stake and both coldkeys; newest cycle first. */
export async function pageScores(db: Db, filter: ScoreFilter): Promise<Page<ScoreRow>> {
  const { limit, cursor } = filter;
  const query = scores(db, filter);
  const rows = await (cursor == null ? query : query.where(isAfter(cursor)))
    .orderBy("results.cycleId", "desc")
    .orderBy("results.jobId", "desc")
    .orderBy("results.attempt", "desc")
    .limit(limit + 1)
    .execute();
  return toPage(rows, { limit, cursorOf });
}

export type ScoreRow = Awaited<ReturnType<ReturnType<typeof scores>["execute"]>>[number];

function scores(db: Db, { competitionId, cycleId, submissionId, leadersBefore }: ScoreFilter) {
  return db
    .selectFrom("results")
    .innerJoin("cycles", "cycles.id", "results.cycleId")
    .innerJoin("jobs", "jobs.id", "results.jobId")
    .innerJoin("submissions", "submissions.id", "results.submissionId")
    .select(["results.cycleId", "results.jobId", "results.attempt", "results.submissionId"])
    .select(["results.validator", "results.bodySha256", "results.receivedAt", "results.failureCode"])
    .select(["results.episodes", "results.successes", "results.meanReward"])
    .select(["jobs.stakeRao", "jobs.coldkey as validatorColdkey"])
    .select(["submissions.hotkey", "submissions.coldkey"])
    .where("cycles.competitionId", "=", competitionId)
    .where("cycles.status", "=", "done")
    .$if(cycleId != null, (query) => query.where("results.cycleId", "=", cycleId ?? ""))
    .$if(submissionId != null, (query) => query.where("results.submissionId", "=", submissionId ?? ""))
    .$if(leadersBefore != null, (query) => query.where(isKnown(leadersBefore ?? 0)));
}

function cursorOf({ cycleId, jobId, attempt }: { cycleId: string; jobId: string; attempt: number }): string {
  return `${cycleId}/${jobId}/${attempt}`;
}

function isAfter(cursor: string) {
  const [cycleId = "", jobId = "", attempt = "0"] = cursor.split("/");
  return sql<boolean>`(results.cycle_id, results.job_id, results.attempt)
    < (${cycleId} collate "C", ${jobId} collate "C", ${Number(attempt)})`;
}

/** Who was run as the leader says who leads. */
function isKnown(block: number) {
  return sql<boolean>`(cycles.closed_at_block < ${block}
    or results.submission_id is distinct from cycles.leader_submission_id)`;
}
