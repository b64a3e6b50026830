import type { Client } from "@assay/client";
import type { AgentFigures } from "@assay/core";
import { type Output, shortAddress } from "../output.ts";
import { plainTable } from "../table.ts";

type Comparison = Awaited<ReturnType<Client["candidates"]["compare"]>>;

const HEAD = ["validator", "candidate", "leader", "difference", "seeds"];

/** Shows a candidate beside the leader, environment by environment and validator by validator; ± is one standard error. */
export async function compareCandidate(
  client: Client,
  { id, json, out }: { id: string; json: boolean; out: Output },
): Promise<void> {
  const comparison = await client.candidates.compare({ id });
  if (json) {
    out.result(JSON.stringify(comparison));
    return;
  }
  out.result(heading(comparison));
  for (const { environment, byValidator } of comparison.environments) {
    const rows = byValidator.map(({ validator, challenger, leader, paired }) => [
      shortAddress(validator),
      rate(challenger),
      leader === null ? "–" : rate(leader),
      paired === null ? "–" : within(paired.difference, paired.differenceError),
      paired?.seeds ?? "–",
    ]);
    out.result(`${environment}\n${plainTable(HEAD, rows)}`);
  }
}

function heading({ challenger, leader, verdict }: Comparison): string {
  const { hotkey, figures } = challenger;
  const candidate = `candidate ${shortAddress(hotkey)}: ${rate(figures)} of ${figures.episodes} episodes`;
  if (leader === null) return `${candidate}; nobody led when it ran, so it was compared with nobody`;
  const seeds = leader.ranSameSeeds ? "on the same seeds" : "which did not run the same seeds";
  const lead =
    verdict === null
      ? "nothing to compare"
      : `${verdict.metric} ${within(verdict.difference, verdict.differenceError)}, required ${verdict.bar.toFixed(4)}`;
  return `${candidate}; leader ${shortAddress(leader.hotkey)}, ${seeds}: ${lead}`;
}

const rate = ({ successRate, successRateError }: AgentFigures): string =>
  `${(successRate * 100).toFixed(1)} ± ${(successRateError * 100).toFixed(1)} %`;
const within = (value: number, error: number): string => `${value.toFixed(4)} ± ${error.toFixed(4)}`;
