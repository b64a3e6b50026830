import { canonicalJson } from "@assay/core";
import { listAudit, lockAudit, type Trx } from "@assay/db";
import type { Backend } from "../backend.ts";
import { factsOf, type SigningKey } from "../signing.ts";
import { recordAct } from "./act.ts";

/** Who acts when a key is taken up: the files changed, whoever changed them. */
const SIGNING = "signing";
const ACTION = "signing-key.use";

type Recording = Pick<Backend, "db" | "netuid" | "clock">;

/**
 * Records which key signs from here on, unless the newest act of the kind says so.
 *
 * Replicas take a key up each for itself: the first to do so records it, and one that begins with a former key says that.
 */
export async function recordSigningKey(backend: Recording, key: SigningKey): Promise<void> {
  const { key: target, ...facts } = factsOf(key);
  await backend.db.transaction().execute(async (trx) => {
    await lockAudit(trx, backend.netuid);
    const newest = await newestOf(trx, backend);
    const isKnown = newest?.target === target && canonicalJson(newest.facts) === canonicalJson(facts);
    if (!isKnown) await recordAct(trx, backend, { by: SIGNING, action: ACTION, target, facts });
  });
}

async function newestOf(trx: Trx, { netuid }: Recording) {
  const { items } = await listAudit(trx, { netuid, actor: SIGNING, action: ACTION, limit: 1 });
  return items[0];
}
