import type { KeyCaller } from "@assay/api";
import type { Json } from "@assay/core";
import { appendAudit, type Trx } from "@assay/db";
import { type Backend, nowOf } from "../backend.ts";

export type Act = {
  /** The key that acts, or the duty. */
  by: KeyCaller | string;
  action: string;
  target: string;
  reason?: string | null | undefined;
  facts?: { [name: string]: Json };
};

/** Records who did what, inside the transaction that does it. */
export async function recordAct(trx: Trx, backend: Backend, act: Act): Promise<void> {
  const { by, action, target, reason = null, facts = {} } = act;
  const actor = typeof by === "string" ? by : by.id;
  const named = typeof by === "string" ? facts : { ...facts, keyName: by.name };
  await appendAudit(trx, {
    netuid: backend.netuid,
    at: nowOf(backend),
    actor,
    action,
    target,
    reason,
    facts: named,
  });
}
