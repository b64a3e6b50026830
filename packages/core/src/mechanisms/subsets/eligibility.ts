import type { SubsetsParameters } from "../../schema/mechanism-parameters.ts";
import { PPB } from "../../schema/primitives.ts";
import type { SubsetCandidate } from "./candidate.ts";

/**
 * Whether an agent competes at all.
 *
 * `assay`: an episode at least in every environment, and over all environments together episodes ≥ minEpisodes and
 * successes / episodes ≥ minSuccessRate, compared exactly. `source`: everybody does, so that a field of zeros pays the
 * earliest committer.
 *
 * @param candidate records whole numbers, one per environment.
 */
export function isSubsetEligible(
  { records }: SubsetCandidate,
  { preset, minSuccessRate, minEpisodes }: SubsetsParameters,
): boolean {
  if (preset === "source") return true;
  const successes = records.reduce((sum, record) => sum + record.successes, 0);
  const episodes = records.reduce((sum, record) => sum + record.episodes, 0);
  if (records.some((record) => record.episodes === 0) || episodes < minEpisodes) return false;
  return BigInt(successes) * BigInt(PPB) >= BigInt(minSuccessRate) * BigInt(episodes);
}
