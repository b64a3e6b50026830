import type { HotkeyCaller, KeyRequestRef } from "@assay/api";
import type { CreatedKey } from "@assay/core";
import {
  type ApiKeyRow,
  collectKeyRequest,
  findApiKey,
  insertApiKey,
  type KeyRequestRow,
  lockKeyRequest,
  revokeApiKey,
  type Trx,
} from "@assay/db";
import { recordAct } from "../audit/act.ts";
import { assertInForce } from "../auth/api-key.ts";
import { type Backend, nowOf } from "../backend.ts";
import { found } from "../not-found.ts";
import { wrongStatus } from "./requests.ts";
import { daysAfter, newSecret } from "./secret.ts";
import { keyView } from "./view.ts";

/**
 * Makes the key of a granted request and hands it to its requester. The secret comes into being here, so that nobody
 * else ever sees it; if the answer is lost, collecting again ends that key and makes another that expires with it.
 */
export async function collectKey(
  backend: Backend,
  { caller, id }: KeyRequestRef & { caller: HotkeyCaller },
): Promise<CreatedKey> {
  const { db, netuid } = backend;
  const { hotkey } = caller;
  const { token, ...secret } = newSecret();
  const row = await db.transaction().execute(async (trx) => {
    const request = await ownRequest(trx, { id, netuid, hotkey });
    const createdAt = nowOf(backend);
    const expiresAt = daysAfter(request.decidedAt ?? createdAt, request.expiresInDays ?? 1);
    await endPrevious(trx, { backend, request });
    const key = { netuid, ...secret, name: request.name, role: "validator" as const, hotkey, owner: hotkey };
    const inserted = await insertApiKey(trx, { ...key, createdAt, expiresAt });
    assertInForce(inserted, createdAt.getTime());
    await collectKeyRequest(trx, { id, keyId: inserted.id });
    const facts = { hotkey, key: inserted.id, replaced: request.keyId };
    await recordAct(trx, backend, { by: hotkey, action: "key.collect", target: id, facts });
    return inserted;
  });
  return { ...keyView(row), token };
}

/** Somebody else's request is as good as none. */
async function ownRequest(
  trx: Trx,
  { id, netuid, hotkey }: { id: string; netuid: number; hotkey: string },
): Promise<KeyRequestRow> {
  const request = await lockKeyRequest(trx, id);
  const own = request?.hotkey === hotkey ? request : undefined;
  const { status, ...row } = found(own, { kind: "key request", id, netuid });
  if (status === "granted" || status === "collected") return { ...row, status };
  throw wrongStatus({ ...row, status }, "its key can be collected once an admin has granted it");
}

/** A key that an admin has revoked is not made anew. */
async function endPrevious(
  trx: Trx,
  { backend, request }: { backend: Backend; request: KeyRequestRow },
): Promise<ApiKeyRow | undefined> {
  if (request.keyId === null) return undefined;
  const previous = await findApiKey(trx, request.keyId);
  if (previous === undefined) return undefined;
  assertInForce(previous, backend.clock.now());
  return revokeApiKey(trx, { id: previous.id, revokedAt: nowOf(backend) });
}
