import { type KyselyPlugin, type RootOperationNode, sql } from "kysely";
import { type Db, openDatabase } from "../connect.ts";

export type MortalDatabase = {
  db: Db;
  /** Statements it has answered. */
  statements: () => number;
  close: () => Promise<void>;
};

/**
 * A database over one connection that the server ends after so many statements, as when the process that holds it is
 * killed: what comes next fails, and nothing of an open transaction remains.
 */
export async function mortalDatabase(url: string, lives: number): Promise<MortalDatabase> {
  const [own, other] = [openDatabase(url, { max: 1 }), openDatabase(url, { max: 1 })];
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(own);
  let answered = 0;
  const end = async () => {
    answered += 1;
    if (answered === lives) await sql`select pg_terminate_backend(${rows[0]?.pid}, 5000)`.execute(other);
  };
  const close = async () => {
    await own.destroy();
    await other.destroy();
  };
  return { db: own.withPlugin(afterEach(end)), statements: () => answered, close };
}

function afterEach(act: () => Promise<void>): KyselyPlugin {
  return {
    transformQuery: ({ node }): RootOperationNode => node,
    transformResult: async ({ result }) => {
      await act();
      return result;
    },
  };
}
