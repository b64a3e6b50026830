import type { ThresholdsVersion } from "@assay/api";
import type { Competition, Thresholds } from "@assay/core";
import { type CompetitionRow, listThresholdsInForce, type ThresholdsRow } from "@assay/db";
import type { Backend } from "../backend.ts";
import { found } from "../not-found.ts";

/** A competition as it travels. */
export function competitionView(row: CompetitionRow, thresholds: ThresholdsRow): Competition {
  return { ...row, createdAt: row.createdAt.toISOString(), thresholds: thresholdsOf(thresholds) };
}

/** Competitions as they travel, each with the thresholds in force. */
export async function competitionViews({ db }: Backend, rows: CompetitionRow[]): Promise<Competition[]> {
  const ids = rows.map(({ id }) => id);
  const thresholds = new Map((await listThresholdsInForce(db, ids)).map((row) => [row.competitionId, row]));
  return rows.flatMap((row) => {
    const inForce = thresholds.get(row.id);
    return inForce === undefined ? [] : [competitionView(row, inForce)];
  });
}

/** One of them. */
export async function onlyView(backend: Backend, row: CompetitionRow): Promise<Competition> {
  const [view] = await competitionViews(backend, [row]);
  return view ?? found<never>(undefined, { kind: "competition", id: row.id, netuid: backend.netuid });
}

/** One version of thresholds as it travels. */
export function thresholdsView(row: ThresholdsRow): ThresholdsVersion {
  return { version: row.version, thresholds: thresholdsOf(row), createdAt: row.createdAt.toISOString() };
}

/** The figures of a version of thresholds. */
export function thresholdsOf(row: ThresholdsRow): Thresholds {
  const { minSuccessRate, minAvgReward, minEpisodes, maxEpisodes, winMargin, zScore, minLead, ceiling } = row;
  return { minSuccessRate, minAvgReward, minEpisodes, maxEpisodes, winMargin, zScore, minLead, ceiling };
}
