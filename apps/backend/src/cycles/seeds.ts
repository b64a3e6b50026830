import { deriveSeeds } from "@assay/core";
import { type CycleRow, type Db, getThresholds } from "@assay/db";

/** Episodes each validator runs per agent: as many as eligibility takes. */
export async function seedCountOf(db: Db, cycle: CycleRow): Promise<number> {
  const { competitionId, thresholdsVersion: version } = cycle;
  const { minEpisodes } = await getThresholds(db, { competitionId, version });
  return minEpisodes;
}

/** The hidden seeds of a closed cycle; none while it still collects. */
export async function seedsOf(db: Db, cycle: CycleRow): Promise<string[]> {
  const { secret, randomness } = cycle;
  if (randomness === null) return [];
  return deriveSeeds({ secret, randomness, count: await seedCountOf(db, cycle) });
}
