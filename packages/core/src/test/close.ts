import { expect } from "vitest";
import { TOLERANCE } from "./scoring-vectors.ts";

/** Expects a double within the tolerance that `vectors/scoring.json` states. */
export function expectClose(actual: number | undefined, expected: number): void {
  expect(Math.abs((actual ?? Number.NaN) - expected)).toBeLessThanOrEqual(TOLERANCE);
}
