import type { Page } from "@assay/core";
import { sql } from "kysely";
import type { Db } from "../connect.ts";
import type { SubmissionRow } from "../schema.ts";
import { type PageOf, toPage } from "./page.ts";

/** A judged submission and its place among all of its competition. */
export type PlacedRow = SubmissionRow & { rank: number };

/**
 * Judged submissions of a competition, best first: success rate, then mean reward, then the earlier acceptance. The cursor
 * is the place of the page's last one.
 */
export async function pageLeaderboard(
  db: Db,
  { competitionId, limit, cursor }: PageOf & { competitionId: string },
): Promise<Page<PlacedRow>> {
  const place = sql<number>`(row_number() over (order by (figures->>'successRate')::double precision desc,
    (figures->>'meanReward')::double precision desc, sequence))::integer`;
  const placed = db
    .selectFrom("submissions")
    .selectAll()
    .select(place.as("rank"))
    .where("competitionId", "=", competitionId)
    .where("status", "in", ["ineligible", "below-bar", "candidate"])
    .where("figures", "is not", null);
  const rows = await db
    .selectFrom(placed.as("placed"))
    .selectAll()
    .where("rank", ">", Number(cursor ?? 0))
    .orderBy("rank")
    .limit(limit + 1)
    .execute();
  return toPage(rows, { limit, cursorOf: ({ rank }) => String(rank) });
}

type Judged = Pick<SubmissionRow, "id" | "cycleId">;

/** How many validators reported on each of these submissions in the cycle that judged it. */
export async function countReporters(db: Db, submissions: readonly Judged[]): Promise<Map<string, number>> {
  const cycles = submissions.flatMap(({ cycleId }) => cycleId ?? []);
  if (cycles.length === 0) return new Map();
  const rows = await db
    .selectFrom("results")
    .select("submissionId")
    .select((count) => count.fn.count<string>("validator").distinct().as("validators"))
    .where("cycleId", "in", [...new Set(cycles)])
    .where(
      "submissionId",
      "in",
      submissions.map(({ id }) => id),
    )
    .groupBy("submissionId")
    .execute();
  return new Map(rows.map(({ submissionId, validators }) => [submissionId, Number(validators)]));
}
