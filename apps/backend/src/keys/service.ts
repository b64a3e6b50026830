import { createHash, randomBytes } from "node:crypto";
import { ApiError, type KeyCaller, type KeyRef } from "@assay/api";
import { isAddress } from "@assay/chain/wallet";
import {
  type ApiKey,
  type CreatedKey,
  type CreateKey,
  formatToken,
  type Page,
  type PageInput,
  parseToken,
} from "@assay/core";
import { type ApiKeyRow, findApiKey, insertApiKey, newId, pageApiKeys, revokeApiKey } from "@assay/db";
import { recordAct } from "../audit/act.ts";
import { type Backend, nowOf } from "../backend.ts";
import { found } from "../not-found.ts";

const DAY_MS = 86_400_000;

/** Makes an API key; the token leaves here and is nowhere stored. */
export async function createKey(
  backend: Backend,
  { caller, name, role, hotkey = null, expiresInDays }: CreateKey & { caller: KeyCaller },
): Promise<CreatedKey> {
  if (hotkey !== null && !isAddress(hotkey)) throw noAddress(hotkey);
  const { db, netuid } = backend;
  const createdAt = nowOf(backend);
  const id = newId("key");
  const token = formatToken(id, randomBytes(32));
  const values = { netuid, id, name, role, hotkey, secretHash: secretHashOf(token), createdAt };
  const expiresAt = new Date(createdAt.getTime() + expiresInDays * DAY_MS);
  const row = await db.transaction().execute(async (trx) => {
    const facts = { name, role, hotkey, expiresAt: expiresAt.toISOString() };
    const inserted = await insertApiKey(trx, { ...values, expiresAt });
    await recordAct(trx, backend, { by: caller, action: "key.create", target: id, facts });
    return inserted;
  });
  return { ...keyView(row), token };
}

function secretHashOf(token: string): string {
  return createHash("sha256")
    .update(parseToken(token)?.secret ?? "")
    .digest("hex");
}

function noAddress(hotkey: string): ApiError {
  const message = `${hotkey} is not an ss58 address with prefix 42`;
  return new ApiError({ code: "API_INVALID_INPUT", issues: [{ path: "hotkey", message }] }, message);
}

/** API keys, newest first. */
export async function pageKeys({ db, netuid }: Backend, input: PageInput): Promise<Page<ApiKey>> {
  const { items, nextCursor } = await pageApiKeys(db, { ...input, netuid });
  return { items: items.map(keyView), nextCursor };
}

/** Ends a key; once it has ended, ending it again changes nothing. */
export async function endKey(
  backend: Backend,
  { caller, id }: KeyRef & { caller: KeyCaller },
): Promise<ApiKey> {
  const { db, netuid } = backend;
  const row = await db.transaction().execute(async (trx) => {
    const before = found(await findApiKey(trx, id), { kind: "key", id, netuid });
    const revoked = await revokeApiKey(trx, { id, revokedAt: nowOf(backend) });
    if (revoked === undefined) return before;
    await recordAct(trx, backend, { by: caller, action: "key.revoke", target: id });
    return revoked;
  });
  return keyView(row);
}

function keyView({ id, name, role, hotkey, createdAt, expiresAt, revokedAt }: ApiKeyRow): ApiKey {
  return {
    id,
    name,
    role,
    hotkey,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    revokedAt: revokedAt?.toISOString() ?? null,
  };
}
