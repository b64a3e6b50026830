import { randomBytes } from "node:crypto";
import { escapeIdentifier } from "pg";
import { inject } from "vitest";
import { type Db, openDatabase } from "./connect.ts";
import { administrate, databaseUrl, type TestServer } from "./test-server.ts";

/** A migrated, empty database that belongs to one test file. */
export type TestDatabase = {
  db: Db;
  /** Its connection string, for processes that open it themselves. */
  url: string;
  close: () => Promise<void>;
};

/** Fifty senders at once on a busy machine take longer than an application should wait. */
const PATIENT = { statementTimeoutMs: 60_000, connectTimeoutMs: 60_000 };

/** Copies the migrated template for a test file; call `close` when the file is done. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = await findServer();
  const name = `${server.template.replace(/_template$/, "")}_${randomBytes(6).toString("hex")}`;
  const [own, template] = [escapeIdentifier(name), escapeIdentifier(server.template)];
  await administrate(server.url, [`create database ${own} template ${template}`]);
  const url = databaseUrl(server.url, name);
  const db = openDatabase(url, PATIENT);
  const close = async () => {
    await db.destroy();
    await administrate(server.url, [`drop database ${own} (force)`]);
  };
  return { db, url, close };
}

async function findServer(): Promise<TestServer> {
  const response = await fetch(inject("assayTestServer"));
  if (!response.ok) throw new Error(`no PostgreSQL server for tests: ${await response.text()}`);
  return (await response.json()) as TestServer;
}

export { addCanaries } from "./testing/canary.ts";
export { contentOf } from "./testing/content.ts";
export { type MortalDatabase, mortalDatabase } from "./testing/mortal-database.ts";
