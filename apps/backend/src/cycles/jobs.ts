import type { CycleRow, NewJob, RosterEntry } from "@assay/db";
import { type Backend, nowOf } from "../backend.ts";

/** The jobs of one agent in one round of a cycle: one for each validator that is asked. */
export function jobsFor(
  submissionId: string,
  {
    backend,
    cycle,
    roster,
    round,
  }: { backend: Backend; cycle: CycleRow; roster: readonly RosterEntry[]; round: number },
): NewJob[] {
  const { id: cycleId, competitionId, netuid } = cycle;
  const job = { netuid, cycleId, competitionId, submissionId, round, createdAt: nowOf(backend) };
  return roster.map(({ hotkey, coldkey, stakeRao }) => ({
    ...job,
    validator: hotkey,
    coldkey,
    stakeRao: BigInt(stakeRao),
  }));
}
