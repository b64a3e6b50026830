import { markOverdue } from "@assay/db";
import { recordAct } from "../audit/act.ts";
import { type Backend, nowOf } from "../backend.ts";
import { overdueBefore } from "../candidates/service.ts";
import type { Duty } from "./duty.ts";
import { fenced } from "./fenced.ts";
import { REVIEWS } from "./names.ts";

const INTERVAL_MS = 60_000;

/** Says once, in log and audit log, that a candidate waits longer for its decision than the settings allow. */
export function reviewsDuty(backend: Backend): Duty {
  return {
    name: REVIEWS,
    intervalMs: INTERVAL_MS,
    run: async (claim) => {
      const { netuid, log } = backend;
      const since = await overdueBefore(backend);
      await fenced(backend, {
        claim,
        act: async (trx) => {
          for (const { id, hotkey, pendingSince } of await markOverdue(trx, {
            netuid,
            since,
            at: nowOf(backend),
          })) {
            const facts = { hotkey, pendingSince: pendingSince.toISOString() };
            await recordAct(trx, backend, { by: REVIEWS, action: "candidate.overdue", target: id, facts });
            log.warn({ candidate: id, ...facts }, "a candidate waits too long for its decision");
          }
        },
      });
    },
  };
}
