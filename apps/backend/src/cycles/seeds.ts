import { deriveSeeds, episodesThrough } from "@assay/core";
import { type CycleRow, type Db, getThresholds } from "@assay/db";
import { thresholdsOf } from "../competitions/view.ts";

/** The hidden seeds of one round of a closed cycle, the same for every agent; none while it still collects. */
export async function seedsOf(
  db: Db,
  { cycle, round }: { cycle: CycleRow; round: number },
): Promise<string[]> {
  const { competitionId, thresholdsVersion: version, secret, randomness } = cycle;
  if (randomness === null) return [];
  const thresholds = thresholdsOf(await getThresholds(db, { competitionId, version }));
  const from = round === 0 ? 0 : episodesThrough(round - 1, thresholds);
  const count = episodesThrough(round, thresholds);
  return (await derivedOnce({ secret, randomness, count })).slice(from);
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
