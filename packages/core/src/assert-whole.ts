import { CoreError } from "./errors.ts";

/** Refuses what is no whole number of at least `least`: CORE_OUT_OF_RANGE. */
export function assertWhole(name: string, value: number, least = 0): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  const range = `whole, ${least} or more`;
  throw new CoreError({ code: "CORE_OUT_OF_RANGE", name, value: String(value), range });
}
