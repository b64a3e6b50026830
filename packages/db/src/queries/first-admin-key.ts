import { randomBytes } from "node:crypto";
import { formatToken, parseToken, sha256Hex } from "@assay/core";
import type { Db, Trx } from "../connect.ts";
import { DbError } from "../errors.ts";
import { newId } from "../ids.ts";
import type { ApiKeyRow } from "../schema.ts";
import { insertApiKey } from "./api-keys.ts";
import { appendAudit } from "./audit-log.ts";
import { lockSubject } from "./lock.ts";

const LIFETIME_MS = 90 * 86_400_000;

/** A key and its token, which is shown once and never stored. */
export type FirstAdminKey = { key: ApiKeyRow; token: string };

/**
 * Makes the admin key every other key is made with, for whoever holds the database.
 *
 * Throws DB_ADMIN_EXISTS while another admin key is in force: the next ones are made by an admin, who is recorded.
 */
export function createFirstAdminKey(
  db: Db,
  { netuid, name, now = new Date() }: { netuid: number; name: string; now?: Date },
): Promise<FirstAdminKey> {
  return db.transaction().execute(async (trx) => {
    await lockSubject(trx, `keys/${netuid}`);
    const existing = await findAdminKey(trx, { netuid, now });
    if (existing !== undefined) throw adminExists(existing.id);
    return insertAdminKey(trx, { netuid, name, now });
  });
}

function adminExists(id: string): DbError {
  const advice = "make others with it (assay keys create), or revoke it first";
  return new DbError({ code: "DB_ADMIN_EXISTS", id }, `There is an admin key in force, ${id}: ${advice}.`);
}

function findAdminKey(
  trx: Trx,
  { netuid, now }: { netuid: number; now: Date },
): Promise<ApiKeyRow | undefined> {
  return trx
    .selectFrom("apiKeys")
    .selectAll()
    .where((is) => is.or([is("netuid", "=", netuid), is("netuid", "is", null)]))
    .where("role", "=", "admin")
    .where("revokedAt", "is", null)
    .where("expiresAt", ">", now)
    .limit(1)
    .executeTakeFirst();
}

async function insertAdminKey(
  trx: Trx,
  { netuid, name, now }: { netuid: number; name: string; now: Date },
): Promise<FirstAdminKey> {
  const id = newId("key");
  const token = formatToken(id, randomBytes(32));
  const secretHash = await sha256Hex(parseToken(token)?.secret ?? "");
  const expiresAt = new Date(now.getTime() + LIFETIME_MS);
  const owner = { netuid, hotkey: null, role: "admin", createdAt: now } as const;
  const key = await insertApiKey(trx, { ...owner, id, name, secretHash, expiresAt });
  const act = { netuid, at: now, actor: "database", action: "key.create", target: id, reason: null };
  await appendAudit(trx, { ...act, facts: { name, role: "admin" } });
  return { key, token };
}
