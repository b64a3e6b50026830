import type { KeyCaller } from "@assay/api";
import type { Json } from "@assay/core";
import { appendAudit, findApiKey, type Trx } from "@assay/db";
import { assertInForce } from "../auth/api-key.ts";
import { type Backend, nowOf } from "../backend.ts";

export type Act = {
  /** The key that acts, or the duty. */
  by: KeyCaller | string;
  action: string;
  target: string;
  reason?: string | null | undefined;
  facts?: { [name: string]: Json };
};

type Recording = Pick<Backend, "netuid" | "clock">;

/** Records who did what, inside the transaction that does it; throws API_KEY_REVOKED if who did may no longer. */
export async function recordAct(trx: Trx, backend: Recording, act: Act): Promise<void> {
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
  if (typeof by !== "string" && target !== by.id) await assertStillMay(trx, { backend, id: by.id });
}

/**
 * Looks at the key once more. Acts of a subnet stand in line for the audit log, so that a key revoked before this act
 * cannot have missed it; the one act a key ends with is ending itself.
 */
async function assertStillMay(trx: Trx, { backend, id }: { backend: Recording; id: string }): Promise<void> {
  const key = await findApiKey(trx, id);
  if (key !== undefined) assertInForce(key, backend.clock.now());
}
