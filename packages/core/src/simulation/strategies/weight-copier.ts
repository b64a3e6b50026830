import { assertWhole } from "../../assert-whole.ts";
import type { Shares, ValidatorStrategy } from "../types.ts";

/**
 * A validator that measures nothing and sets the consensus the chain published `lag` epochs ago.
 *
 * The newest it can see is that of the epoch before, lag 1, whose rows are older by the reveal delay.
 *
 * @throws CoreError CORE_OUT_OF_RANGE for a lag that is not whole or below 1.
 */
export function weightCopier({ lag }: { lag: number }): ValidatorStrategy {
  assertWhole("lag", lag, 1);
  return {
    name: "weight copier",
    start: () => ({
      report: () => null,
      weigh: ({ published }) => asShares(published(lag)),
    }),
  };
}

/** In proportion to the values; null without any. */
function asShares(values: readonly number[] | null): Shares | null {
  if (values === null) return null;
  const total = values.reduce((sum, value) => sum + value, 0);
  return total === 0 ? null : Float64Array.from(values, (value) => value / total);
}
