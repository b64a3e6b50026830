import { currentLeaders } from "@assay/db";
import type { Backend } from "../backend.ts";
import { isDue, watchLeader } from "../leaders/watch.ts";
import { settingsOf } from "../settings/service.ts";
import type { Duty } from "./duty.ts";
import { fenced } from "./fenced.ts";
import { LEADERS } from "./names.ts";

/** Notices leaders that are absent, too weak or too old, and lets what they are paid decay. */
export function leadersDuty(backend: Backend): Duty {
  const { db, netuid } = backend;
  return {
    name: LEADERS,
    intervalMs: 0,
    run: async (claim) => {
      const graces = await settingsOf(db, netuid);
      for (const leader of await currentLeaders(db, netuid)) {
        if (!isDue(backend, { leader, graces })) continue;
        const { competitionId } = leader;
        await fenced(backend, { claim, act: (trx) => watchLeader(trx, { backend, competitionId, graces }) });
      }
    },
  };
}
