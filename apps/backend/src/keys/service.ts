import { ApiError, type KeyCaller, type KeyRef, type RotateKey } from "@assay/api";
import type { ApiKey, CreatedKey, CreateKey, Page, PageInput } from "@assay/core";
import {
  findApiKey,
  insertApiKey,
  insertInterests,
  pageApiKeys,
  replaceApiKey,
  revokeApiKey,
} from "@assay/db";
import { assertAddress } from "../address.ts";
import { recordAct } from "../audit/act.ts";
import { assertInForce } from "../auth/api-key.ts";
import { type Backend, nowOf } from "../backend.ts";
import { found } from "../not-found.ts";
import { daysAfter, newSecret } from "./secret.ts";
import { keyView } from "./view.ts";

const MINUTE_MS = 60_000;

/** Makes an API key; the token leaves here and is nowhere stored. */
export async function createKey(
  backend: Backend,
  { caller, interests, expiresInDays, ...input }: CreateKey & { caller: KeyCaller },
): Promise<CreatedKey> {
  const { name, role, hotkey = null, owner } = input;
  if (hotkey !== null) assertAddress(hotkey, "hotkey");
  for (const address of interests) assertAddress(address, "interests");
  const { db, netuid } = backend;
  const createdAt = nowOf(backend);
  const { token, ...secret } = newSecret();
  const expiresAt = daysAfter(createdAt, expiresInDays);
  const row = await db.transaction().execute(async (trx) => {
    const values = { netuid, ...secret, name, role, hotkey, owner: owner ?? name, createdAt, expiresAt };
    const inserted = await insertApiKey(trx, values);
    const declared = { netuid, owner: inserted.owner, addresses: interests, keyId: caller.id };
    await insertInterests(trx, { ...declared, declaredAt: createdAt });
    const facts = {
      name,
      role,
      hotkey,
      owner: inserted.owner,
      interests,
      expiresAt: expiresAt.toISOString(),
    };
    await recordAct(trx, backend, { by: caller, action: "key.create", target: inserted.id, facts });
    return inserted;
  });
  return { ...keyView(row), token };
}

/** API keys, newest first. */
export async function pageKeys({ db, netuid }: Backend, input: PageInput): Promise<Page<ApiKey>> {
  const { items, nextCursor } = await pageApiKeys(db, { ...input, netuid });
  return { items: items.map(keyView), nextCursor };
}

/** Makes a key like another one, which ends when the overlap is over, or earlier if it was to. */
export async function rotateKey(
  backend: Backend,
  { caller, id, overlapMinutes, expiresInDays }: RotateKey & { caller: KeyCaller },
): Promise<CreatedKey> {
  const { db, netuid } = backend;
  const now = nowOf(backend);
  const { token, ...secret } = newSecret();
  const row = await db.transaction().execute(async (trx) => {
    const old = found(await findApiKey(trx, id), { kind: "key", id, netuid });
    assertInForce(old, now.getTime());
    const { name, role, hotkey, owner } = old;
    const values = { netuid: old.netuid, ...secret, name, role, hotkey, owner, createdAt: now };
    const inserted = await insertApiKey(trx, { ...values, expiresAt: daysAfter(now, expiresInDays) });
    const overlapEnd = now.getTime() + Math.max(1, overlapMinutes * MINUTE_MS);
    const expiresAt = new Date(Math.min(old.expiresAt.getTime(), overlapEnd));
    const replaced = await replaceApiKey(trx, { id, replacedBy: inserted.id, expiresAt });
    if (replaced === undefined) throw replacedBefore({ id, replacedBy: old.replacedBy ?? "another key" });
    const facts = { by: inserted.id, oldExpiresAt: expiresAt.toISOString() };
    await recordAct(trx, backend, { by: caller, action: "key.rotate", target: id, facts });
    return inserted;
  });
  return { ...keyView(row), token };
}

function replacedBefore(facts: { id: string; replacedBy: string }): ApiError {
  const message = `This key has been rotated already: ${facts.replacedBy} takes its place.`;
  return new ApiError({ code: "API_KEY_REPLACED", ...facts }, message);
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
