import { assertWithin } from "../../assert-within.ts";
import { type CopyAttempt, copyChance } from "./copy-chance.ts";

/** Margins are told in hundredths of a percent. */
const STEPS = 10_000;

/**
 * Smallest fixed margin under which exact copies win by luck with at most a given chance: the answer to "how large must
 * m be".
 *
 * Found by halving over multiples of 0.0001, because {@link copyChance} never grows with m.
 *
 * @param attempt as in `copyChance`, without the margin.
 * @param mostChance that may be left, in [0, 1].
 * @returns m in [0, 1], or null if not even a margin of 1 is enough.
 * @throws CoreError CORE_OUT_OF_RANGE.
 */
export function leastWinMargin(attempt: Omit<CopyAttempt, "winMargin">, mostChance: number): number | null {
  assertWithin("mostChance", mostChance, [0, 1]);
  const isEnough = (step: number): boolean =>
    copyChance({ ...attempt, winMargin: step / STEPS }) <= mostChance;
  if (!isEnough(STEPS)) return null;
  let [low, high] = [0, STEPS];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(middle)) high = middle;
    else low = middle + 1;
  }
  return high / STEPS;
}
