import { sql } from "kysely";
import type { Db } from "./connect.ts";

/** What replicas tell each other; payloads are ids, never rows, because they are limited to 8,000 bytes. */
export const CHANNELS = {
  /** `<netuid>/<mechid>/<version>` of a new snapshot. */
  snapshots: "assay_snapshots",
  /** Id of an API key that has been revoked. */
  keys: "assay_keys",
} as const;

export type Channel = (typeof CHANNELS)[keyof typeof CHANNELS];

/** Notifies every listener; inside a transaction only once it commits. */
export async function notify(
  db: Db,
  { channel, payload }: { channel: Channel; payload: string },
): Promise<void> {
  await sql`select pg_notify(${channel}, ${payload})`.execute(db);
}
