import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { Client, escapeIdentifier } from "pg";
import type { TestProject } from "vitest/node";
import { openDatabase } from "./connect.ts";
import { migrate } from "./migrate.ts";
import { startPrivateServer } from "./private-server/index.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Address at which `testDatabase` learns where the run's PostgreSQL server is. */
    assayTestServer: string;
  }
}

/** The run's server and the migrated database that every test file's own is a copy of. */
export type TestServer = { url: string; template: string };

type Owned = TestServer & { close: () => Promise<void> };

/**
 * Offers one PostgreSQL server to all test files of a run: `DATABASE_URL`, or else a private one.
 *
 * It starts when the first file asks, so that a run without such files does not pay for it.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let server: Promise<Owned> | undefined;
  const broker = createServer((_request, response) => {
    server ??= startServer(process.env["DATABASE_URL"]);
    server.then(
      ({ url, template }) => response.end(JSON.stringify({ url, template })),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((listening) => broker.listen(0, "127.0.0.1", listening));
  const address = broker.address();
  project.provide("assayTestServer", `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`);
  return async () => {
    broker.close();
    broker.closeAllConnections();
    await (await server)?.close();
  };
}

async function startServer(shared: string | undefined): Promise<Owned> {
  const own = shared === undefined ? await startPrivateServer() : undefined;
  const url = own?.url ?? shared ?? "";
  const run = `assay_test_${randomBytes(6).toString("hex")}`;
  const template = `${run}_template`;
  await administrate(url, [`create database ${escapeIdentifier(template)}`]);
  await migrateTemplate(databaseUrl(url, template));
  return { url, template, close: () => own?.close() ?? dropAll(url, run) };
}

async function migrateTemplate(url: string): Promise<void> {
  const db = openDatabase(url, { max: 1, statementTimeoutMs: 0 });
  try {
    await migrate(db);
  } finally {
    await db.destroy();
  }
}

/** On a server that is not ours, nothing of the run stays behind, not even what a killed worker left. */
async function dropAll(url: string, run: string): Promise<void> {
  const query = "select datname from pg_database where starts_with(datname, $1)";
  const [found] = await administrate(url, [query], [run]);
  const drops = (found ?? []).map(
    ({ datname }) => `drop database ${escapeIdentifier(String(datname))} (force)`,
  );
  await administrate(url, drops);
}

/** Runs statements one after another on a connection of their own and returns the rows of each. */
export async function administrate(
  url: string,
  statements: readonly string[],
  values: readonly unknown[] = [],
): Promise<Record<string, unknown>[][]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const results: Record<string, unknown>[][] = [];
    for (const statement of statements) results.push((await client.query(statement, [...values])).rows);
    return results;
  } finally {
    await client.end();
  }
}

/** The same server, another database. */
export function databaseUrl(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}
