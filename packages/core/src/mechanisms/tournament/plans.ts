import { assertUnique } from "../../assert-unique.ts";
import { CoreError } from "../../errors.ts";
import type { TournamentPlan } from "../../schema/tournament.ts";
import { assertPeriods } from "./periods.ts";

/** How long a decision takes to reach the miners' pay on this subnet, as read from chain. */
export type EpochTiming = {
  /** Blocks per epoch. */
  readonly tempo: number;
  /** p: epochs until a commit is revealed, 0 without commit-reveal. */
  readonly revealPeriodEpochs: number;
};

/**
 * Refuses tournaments that cannot be run together on one subnet.
 *
 * Periods strictly growing; a reward period of at least p + 2 epochs, because a shorter one could end before the first
 * weights for it take effect; no two that are in `reward` at the same block.
 *
 * @param plans all tournaments of an instance that have not been completed, ids unique, any order.
 * @throws CoreError CORE_DUPLICATE, CORE_OUT_OF_RANGE (order or length), CORE_PERIODS_OVERLAP.
 */
export function assertPlans(plans: readonly TournamentPlan[], timing: EpochTiming): void {
  assertUnique(
    "tournaments",
    plans.map(({ id }) => id),
  );
  for (const plan of plans) assertReward(plan, timing);
  assertApart(plans);
}

function assertReward({ id, periods }: TournamentPlan, { tempo, revealPeriodEpochs }: EpochTiming): void {
  assertPeriods(periods);
  const blocks = periods.end - periods.reward;
  const least = (revealPeriodEpochs + 2) * tempo;
  if (blocks >= least) return;
  const facts = { name: `reward period of ${id}`, value: String(blocks), range: `${least} blocks or more` };
  const message = `The reward period of ${id} has ${blocks} blocks; weights may take ${least} to reach the miner.`;
  throw new CoreError({ code: "CORE_OUT_OF_RANGE", ...facts }, message);
}

/**
 * Refuses reward periods that overlap: only one winner can take all.
 *
 * @throws CoreError CORE_PERIODS_OVERLAP naming the two.
 */
export function assertApart(plans: readonly Pick<TournamentPlan, "id" | "periods">[]): void {
  const ordered = plans.toSorted((a, b) => a.periods.reward - b.periods.reward);
  for (const [index, second] of ordered.slice(1).entries()) {
    const first = ordered[index];
    if (first === undefined || first.periods.end <= second.periods.reward) continue;
    const message = `The reward periods of ${first.id} and ${second.id} overlap.`;
    throw new CoreError({ code: "CORE_PERIODS_OVERLAP", first: first.id, second: second.id }, message);
  }
}
