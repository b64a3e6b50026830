import type { ValidatorStrategy } from "../types.ts";
import { assertNoise, measure } from "./measuring.ts";

/**
 * A validator that measures every miner every epoch, with a normal error, and sets what the mechanism decides.
 *
 * @param noise standard deviation of the error, in [0, 1,000].
 * @throws CoreError CORE_OUT_OF_RANGE.
 */
export function honestValidator({ noise }: { noise: number }): ValidatorStrategy {
  assertNoise(noise);
  return {
    name: "honest",
    start: ({ dice }) => ({
      report: ({ qualities }) => measure(qualities, { noise, dice }),
      weigh: (_round, decided) => decided,
    }),
  };
}
