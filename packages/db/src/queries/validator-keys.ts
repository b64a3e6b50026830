import type { Db } from "../connect.ts";
import type { ApiKeyRow } from "../schema.ts";

type InForce = { netuid: number; now: Date };

/** A validator key in force that is bound to a hotkey; undefined if it has none. */
export function findValidatorKey(
  db: Db,
  { hotkey, ...at }: InForce & { hotkey: string },
): Promise<ApiKeyRow | undefined> {
  return validatorKeys(db, at).selectAll().where("hotkey", "=", hotkey).limit(1).executeTakeFirst();
}

/** Hotkeys that hold a validator key in force. */
export async function listKeyedHotkeys(db: Db, at: InForce): Promise<string[]> {
  const rows = await validatorKeys(db, at).select("hotkey").distinct().orderBy("hotkey").execute();
  return rows.flatMap(({ hotkey }) => hotkey ?? []);
}

function validatorKeys(db: Db, { netuid, now }: InForce) {
  return db
    .selectFrom("apiKeys")
    .where((is) => is.or([is("netuid", "=", netuid), is("netuid", "is", null)]))
    .where("role", "=", "validator")
    .where("revokedAt", "is", null)
    .where("expiresAt", ">", now);
}

/** Which of these keys, of any role, are in force. */
export async function listKeysInForce(
  db: Db,
  { ids, now }: { ids: readonly string[]; now: Date },
): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom("apiKeys")
    .select("id")
    .where("id", "in", ids)
    .where("revokedAt", "is", null)
    .where("expiresAt", ">", now)
    .execute();
  return rows.map(({ id }) => id);
}
