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
  return derivedOnce({ secret, randomness, count: await seedCountOf(db, cycle) });
}

type Source = Parameters<typeof deriveSeeds>[0];

/** Cycles that run at once, with room to spare. */
const MAX_REMEMBERED = 64;
const remembered = new Map<string, Promise<string[]>>();

/** Every claim and every result asks for the same seeds, and deriving them costs more than the rest of the request. */
function derivedOnce(source: Source): Promise<string[]> {
  const key = JSON.stringify(source);
  const seeds = remembered.get(key) ?? deriveSeeds(source);
  // The one asked for last is forgotten last.
  remembered.delete(key);
  remembered.set(key, seeds);
  for (const oldest of remembered.keys()) if (remembered.size > MAX_REMEMBERED) remembered.delete(oldest);
  return seeds;
}
