import type { Client } from "@assay/client";
import type { ApiKey, CreateKey } from "@assay/core";
import { createFirstAdminKey, migrate, openDatabase } from "@assay/db";
import { type Output, type Shown, show } from "../output.ts";
import { firstOf } from "../pages.ts";
import { plainTable } from "../table.ts";

/** Makes an API key and prints its token, the only time it is ever shown. */
export async function createKey(
  client: Client,
  { key, json, out }: Shown & { key: CreateKey },
): Promise<void> {
  const created = await client.keys.create(key);
  if (!json) out.note(`${created.id}, expires ${created.expiresAt}; this token is shown once:`);
  show(created, { json, out, inWords: ({ token }) => token });
}

/** Lists API keys without their secrets. */
export async function listKeys(
  client: Client,
  { limit, ...shown }: Shown & { limit: number },
): Promise<void> {
  const { out } = shown;
  show(await firstOf(client.keys.list, { limit, out }), { ...shown, inWords: keyTable });
}

function keyTable(keys: readonly ApiKey[]): string {
  const rows = keys.map(({ id, name, role, hotkey, expiresAt, revokedAt }) => [
    id,
    name,
    role,
    hotkey ?? "–",
    expiresAt,
    revokedAt ?? "–",
  ]);
  return plainTable(["key", "name", "role", "hotkey", "expires", "revoked"], rows);
}

/** Ends a key at once, together with the sockets opened with it. */
export async function revokeKey(client: Client, { id, ...shown }: Shown & { id: string }): Promise<void> {
  const inWords = ({ revokedAt }: ApiKey) => `revoked ${id} at ${revokedAt}`;
  show(await client.keys.revoke({ id }), { ...shown, inWords });
}

/** Makes the first admin key straight in the database: before it there is nobody who could ask the backend. */
export async function createFirstKey(
  { databaseUrl, netuid, name }: { databaseUrl: string; netuid: number; name: string },
  out: Output,
): Promise<void> {
  const db = openDatabase(databaseUrl);
  try {
    await migrate(db);
    const { key, token } = await createFirstAdminKey(db, { netuid, name });
    out.note(`${key.id}; this token is shown once:`);
    out.result(token);
  } finally {
    await db.destroy();
  }
}
