import type { Client } from "@assay/client";
import type { CreateKey } from "@assay/core";
import { createFirstAdminKey, migrate, openDatabase } from "@assay/db";
import Table from "cli-table3";
import type { Output } from "../output.ts";

/** Makes an API key and prints its token, the only time it is ever shown. */
export async function createKey(
  client: Client,
  { key, out }: { key: CreateKey; out: Output },
): Promise<void> {
  const { id, token, expiresAt } = await client.keys.create(key);
  out.note(`${id}, expires ${expiresAt}; this token is shown once:`);
  out.result(token);
}

/** Lists API keys without their secrets. */
export async function listKeys(client: Client, { json, out }: { json: boolean; out: Output }): Promise<void> {
  const { items } = await client.keys.list({});
  if (json) {
    out.result(JSON.stringify(items));
    return;
  }
  const table = new Table({
    head: ["key", "name", "role", "hotkey", "expires", "revoked"],
    style: { head: [], border: [], compact: true },
  });
  for (const { id, name, role, hotkey, expiresAt, revokedAt } of items)
    table.push([id, name, role, hotkey ?? "–", expiresAt, revokedAt ?? "–"]);
  out.result(table.toString());
}

/** Ends a key at once, together with the sockets opened with it. */
export async function revokeKey(client: Client, { id, out }: { id: string; out: Output }): Promise<void> {
  const { revokedAt } = await client.keys.revoke({ id });
  out.result(`revoked ${id} at ${revokedAt}`);
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
