import { assertWhole } from "../../assert-whole.ts";
import type { Scores, ValidatorStrategy } from "../types.ts";
import { assertNoise, measure } from "./measuring.ts";

/**
 * A validator that measures only every `everyEpochs`-th epoch and repeats its last scores in between, also for what
 * has changed since.
 *
 * @throws CoreError CORE_OUT_OF_RANGE.
 */
export function lazyValidator({
  noise,
  everyEpochs,
}: {
  noise: number;
  everyEpochs: number;
}): ValidatorStrategy {
  assertWhole("everyEpochs", everyEpochs, 1);
  assertNoise(noise);
  return {
    name: "lazy",
    start: ({ dice }) => {
      let last: Scores | undefined;
      return {
        report: ({ epoch, qualities }) => {
          if (last === undefined || epoch % everyEpochs === 0) last = measure(qualities, { noise, dice });
          return last;
        },
        weigh: (_round, decided) => decided,
      };
    },
  };
}
