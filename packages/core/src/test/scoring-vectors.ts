import { readFileSync } from "node:fs";
import { type Rational, rational } from "../exact/rational.ts";

type ScoringFile = Record<string, unknown> & { meta: { tolerance_abs: number } };
const FILE = new URL("../../vectors/scoring.json", import.meta.url);
const file = JSON.parse(readFileSync(FILE, "utf8")) as ScoringFile;

/** By how much a double may differ from the file's. */
export const TOLERANCE = file.meta.tolerance_abs;

/** One group of `vectors/scoring.json`, under the names its README gives. */
export function scoringVectors<Vector extends { id: string; input: object; expected: object }>(
  group: string,
): Vector[] {
  return file[group] as Vector[];
}

/** A `*_fraction` field, like `27/50` or `1`. */
export function fractionOf(text: string): Rational {
  const [numerator = "", denominator = "1"] = text.split("/");
  return rational(BigInt(numerator), BigInt(denominator));
}
