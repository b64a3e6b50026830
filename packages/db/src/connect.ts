import { CamelCasePlugin, Kysely, PostgresDialect, type Transaction } from "kysely";
import { Pool, types } from "pg";
import type { Schema } from "./schema.ts";

/** A pool of connections; `destroy()` ends it. */
export type Db = Kysely<Schema>;
/** A transaction: in a signature it says "only inside one". */
export type Trx = Transaction<Schema>;

export type DatabaseOptions = {
  /** Most connections at once. */
  max?: number;
  /** Longest statement; 0 for no limit. */
  statementTimeoutMs?: number;
  /** Longest wait for a connection, a free one of the pool included. */
  connectTimeoutMs?: number;
  /** Told of every lost connection; the pool itself replaces it. */
  onConnectionError?: (error: Error) => void;
  /** Told how to read what the connections are doing. */
  onPool?: (figures: () => PoolFigures) => void;
};

/** Connections of a pool, and queries that wait for one. */
export type PoolFigures = { total: number; idle: number; waiting: number };

const INT8 = types.builtins.INT8;
const NUMERIC = types.builtins.NUMERIC;

/** Parsers of one pool: rao amounts as bigint, counts as number; the process-wide ones stay untouched. */
export const parsers: { getTypeParser: typeof types.getTypeParser } = {
  getTypeParser(oid: number, format?: "text" | "binary") {
    if (format !== "binary" && oid === NUMERIC) return BigInt;
    if (format !== "binary" && oid === INT8) return Number;
    return types.getTypeParser(oid, format as "text");
  },
};

/** Opens a database; connections are made when the first query needs one. */
export function openDatabase(url: string, options: DatabaseOptions = {}): Db {
  return new Kysely<Schema>({
    dialect: new PostgresDialect({ pool: newPool(url, options) }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
}

function newPool(url: string, options: DatabaseOptions): Pool {
  const { max = 10, statementTimeoutMs = 5_000, connectTimeoutMs = 10_000 } = options;
  const { onConnectionError = () => {}, onPool = () => {} } = options;
  const pool = new Pool({
    connectionString: url,
    max,
    types: parsers,
    statement_timeout: statementTimeoutMs,
    connectionTimeoutMillis: connectTimeoutMs,
    application_name: "assay",
  });
  // Without listeners on both, a connection that Postgres drops ends the process; the pool repeats its clients' errors.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", onConnectionError));
  onPool(() => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }));
  return pool;
}
