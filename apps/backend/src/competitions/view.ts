import type { Competition, Thresholds } from "@assay/core";
import type { CompetitionRow, ThresholdsRow } from "@assay/db";

/** A competition as it travels. */
export function competitionView(row: CompetitionRow, thresholds: ThresholdsRow): Competition {
  return { ...row, createdAt: row.createdAt.toISOString(), thresholds: thresholdsOf(thresholds) };
}

/** The figures of a version of thresholds. */
export function thresholdsOf(row: ThresholdsRow): Thresholds {
  const { minSuccessRate, minAvgReward, minEpisodes, winMargin, zScore, minLead, ceiling } = row;
  return { minSuccessRate, minAvgReward, minEpisodes, winMargin, zScore, minLead, ceiling };
}
