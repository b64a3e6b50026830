import type { ValidatorStrategy } from "../types.ts";
import { measure } from "./measuring.ts";

/** A validator that measures every miner every epoch, with a normal error, and sets what the mechanism decides. */
export function honestValidator({ noise }: { noise: number }): ValidatorStrategy {
  return {
    name: "honest",
    start: ({ dice }) => ({
      report: ({ qualities }) => measure(qualities, { noise, dice }),
      weigh: (_round, decided) => decided,
    }),
  };
}
