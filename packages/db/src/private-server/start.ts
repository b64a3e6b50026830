import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import { DbError } from "../errors.ts";
import { type Account, serverAccount } from "./account.ts";
import { type Binaries, findBinaries } from "./binaries.ts";
import { initializeOnce } from "./data-folder.ts";
import { newFolder, prepareDataPath, temporaryRoot } from "./folders.ts";
import { type ServerProcess, startProcess } from "./process.ts";

export type PrivateServerOptions = {
  /** PostgreSQL data folder, made if absent and kept; without it the data goes when the server stops. */
  dataDir?: string;
  /** How long to wait for an earlier server on the same folder to let go of it. */
  patienceMs?: number;
};

/** A PostgreSQL server of our own, on a Unix socket that no other host can reach. */
export type PrivateServer = {
  /** Connection string of its database `assay`. */
  readonly url: string;
  /** Process id of the server. */
  readonly pid: number;
  /** Resolves when the server has ended, for whatever reason, with the last lines it wrote. */
  readonly exited: Promise<string>;
  /** Fast shutdown: open transactions are rolled back, committed ones are on disk. */
  close: () => Promise<void>;
};

const DATABASE = "assay";
const SETTINGS = {
  listen_addresses: "",
  fsync: "on",
  synchronous_commit: "on",
  full_page_writes: "on",
  max_connections: "200",
  timezone: "UTC",
  log_timezone: "UTC",
};

/** Starts a private server; it also ends when this process does, however that happens. */
export async function startPrivateServer(options: PrivateServerOptions = {}): Promise<PrivateServer> {
  const account = serverAccount();
  const binaries = await findBinaries(account);
  const home = await newFolder(join(temporaryRoot(account), "assay-db-"), account);
  try {
    const dataDir =
      options.dataDir === undefined ? join(home, "data") : await prepareDataPath(options.dataDir, account);
    await initializeOnce(dataDir, { initdb: binaries.initdb, account });
    const running = await startPatiently({ dataDir, home, binaries, account }, options.patienceMs ?? 5_000);
    return await serve({ running, dataDir, home });
  } catch (error) {
    await rm(home, { recursive: true, force: true });
    throw error;
  }
}

type Launch = { dataDir: string; home: string; binaries: Binaries; account: Account | undefined };

/** The server of a process that has just been killed needs a moment to leave its data folder. */
async function startPatiently(launch: Launch, patienceMs: number): Promise<ServerProcess> {
  const command = [
    launch.binaries.postgres,
    "-D",
    launch.dataDir,
    "-k",
    launch.home,
    ...settingsOf(SETTINGS),
  ];
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    try {
      return await startProcess({ command, home: launch.home, account: launch.account });
    } catch (error) {
      if (!isInUse(error)) throw error;
      if (performance.now() >= giveUpAt) throw await inUse(launch.dataDir, error);
      await pause(100);
    }
  }
}

function settingsOf(settings: Record<string, string>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

function isInUse(error: unknown): boolean {
  if (!(error instanceof DbError)) return false;
  return /lock file .* already exists|pre-existing shared memory block/.test(error.message);
}

async function inUse(dataDir: string, cause: unknown): Promise<DbError> {
  const pid = await readPid(dataDir);
  const message = `another server (process ${pid}) uses ${dataDir}`;
  return new DbError({ code: "DB_SERVER_IN_USE", dataDir, pid }, message, { cause });
}

async function readPid(dataDir: string): Promise<number> {
  const text = await readFile(join(dataDir, "postmaster.pid"), "utf8").catch(() => "0");
  return Number.parseInt(text, 10);
}

async function serve(server: {
  running: ServerProcess;
  dataDir: string;
  home: string;
}): Promise<PrivateServer> {
  const { running, dataDir, home } = server;
  const exited = running.exited.then(async (lines) => {
    await rm(home, { recursive: true, force: true });
    return lines;
  });
  const close = async () => {
    await running.stop();
    await exited;
  };
  try {
    await createDatabase(urlOf(home, "postgres"));
    return { url: urlOf(home, DATABASE), pid: await readPid(dataDir), exited, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function createDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query("select from pg_database where datname = $1", [DATABASE]);
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

function urlOf(socketFolder: string, database: string): string {
  return `postgresql://postgres@localhost/${database}?host=${encodeURIComponent(socketFolder)}`;
}
