import { SnapshotBody } from "@assay/core";
import { findRulesDocument, hastenDuty, latestSnapshot } from "@assay/db";
import { type Backend, blockOf, nowOf } from "../backend.ts";
import type { Duty } from "./duty.ts";
import { RULES, SCORING } from "./names.ts";

/** Lets the vector be recomputed at once when other rules are in force than those of the newest snapshot. */
export function rulesDuty(backend: Backend): Duty {
  const { db, netuid, mechid } = backend;
  return {
    name: RULES,
    intervalMs: 0,
    run: async () => {
      const rules = await findRulesDocument(db, { netuid, mechid, block: blockOf(backend) });
      const newest = await latestSnapshot(db, backend);
      if (rules === undefined || newest === undefined) return;
      const signed = SnapshotBody.parse(JSON.parse(newest.body));
      if (signed.rules.fromBlock === rules.fromBlock) return;
      await hastenDuty(db, { netuid, name: SCORING, now: nowOf(backend) });
    },
  };
}
