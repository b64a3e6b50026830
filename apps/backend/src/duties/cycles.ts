import {
  type CompetitionRow,
  type DutyClaim,
  findCollectingCycle,
  listCompetitions,
  listCycles,
} from "@assay/db";
import type { Backend } from "../backend.ts";
import { closeIfDue } from "../cycles/close.ts";
import { finishIfDue } from "../cycles/finish.ts";
import type { Duty } from "./duty.ts";
import { CYCLES } from "./names.ts";

/** Moves every open competition's cycles on; a competition runs one cycle at a time. */
export function cyclesDuty(backend: Backend): Duty {
  return {
    name: CYCLES,
    intervalMs: 0,
    run: async (claim) => {
      const { db, netuid, log } = backend;
      for (const competition of await listCompetitions(db, { netuid, status: "open" })) {
        try {
          await advance(backend, { claim, competition });
        } catch (error) {
          log.error({ err: error, competition: competition.id }, "competition not advanced");
        }
      }
    },
  };
}

async function advance(
  backend: Backend,
  { claim, competition }: { claim: DutyClaim; competition: CompetitionRow },
): Promise<void> {
  const { db } = backend;
  const { items } = await listCycles(db, { competitionId: competition.id, limit: 2 });
  const previous = items.find(({ status }) => status !== "collecting");
  if (previous?.status === "running") return finishIfDue(backend, { claim, competition, cycle: previous });
  const cycle = await findCollectingCycle(db, competition.id);
  if (cycle !== undefined) await closeIfDue(backend, { claim, competition, cycle, previous });
}
