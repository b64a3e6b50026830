import { readFileSync } from "node:fs";

type ScoringFile = Record<string, unknown>;
const FILE = new URL("../../vectors/scoring.json", import.meta.url);

/** One group of `vectors/scoring.json`, under the names its README gives. */
export function scoringVectors<Vector extends { id: string; input: object; expected: object }>(
  group: string,
): Vector[] {
  const file = JSON.parse(readFileSync(FILE, "utf8")) as ScoringFile;
  return file[group] as Vector[];
}
