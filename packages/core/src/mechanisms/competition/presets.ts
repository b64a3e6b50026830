import { Thresholds } from "../../schema/competition.ts";
import type { Preset } from "../../schema/rules-document.ts";

/** The defining document names no numbers; these are the defaults of the system it describes. */
const SOURCE = { minSuccessRate: 1, minAvgReward: 0, minEpisodes: 1, winMargin: 0.05 };

/**
 * The default thresholds of a preset; a competition may override each.
 *
 * `assay`: success rate 0.5, mean reward 0, 200 to 2,000 episodes, m 0.02, z 3, ε 0.005. `source`: success rate 1, mean
 * reward 0, one episode, m 0.05.
 */
export function presetThresholds(preset: Preset): Thresholds {
  return Thresholds.parse(preset === "source" ? SOURCE : {});
}
