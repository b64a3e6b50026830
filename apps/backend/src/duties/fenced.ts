import { type DutyClaim, holdsDuty, type Trx } from "@assay/db";
import type { Backend } from "../backend.ts";

/** Runs a transaction only while the claim holds; undefined if another replica has taken the duty over. */
export function fenced<Outcome>(
  { db, log }: Backend,
  { claim, act }: { claim: DutyClaim; act: (trx: Trx) => Promise<Outcome> },
): Promise<Outcome | undefined> {
  return db.transaction().execute(async (trx) => {
    if (await holdsDuty(trx, claim)) return act(trx);
    log.warn({ duty: claim.name }, "duty was taken over by another replica");
    return undefined;
  });
}
