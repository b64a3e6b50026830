import type { ValidatorStrategy } from "../types.ts";

/** A validator that reports nothing and sets nothing. */
export function silentValidator(): ValidatorStrategy {
  return { name: "silent", start: () => ({ report: () => null, weigh: () => null }) };
}
