import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, expect, test, vi } from "vitest";
import { serverAccount } from "./account.ts";
import { type PrivateServer, startPrivateServer } from "./start.ts";

/** A busy machine must not fail a test that waits for a process. */
const PATIENCE = { timeout: 50_000 };
vi.setConfig({ testTimeout: 60_000 });

const folder = await mkdtemp(join(tmpdir(), "assay-private-server-test-"));
await chmod(folder, 0o755);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function query(url: string, ...statements: string[]): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    let rows: unknown[] = [];
    for (const statement of statements) rows = (await client.query(statement)).rows;
    return rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

const socketFolder = (url: string) => new URL(url).searchParams.get("host") ?? "";

/** One folder that several tests use one after the other: making one takes seconds. */
const usedInTurn = join(folder, "deep", "kept");

test("commits durably, on a socket that no other host can reach", async () => {
  const server = await startPrivateServer();
  const shown = await query(
    server.url,
    `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
      current_setting('full_page_writes') as pages, current_setting('listen_addresses') as addresses,
      current_setting('TimeZone') as zone, current_database() as database`,
  );
  await server.close();
  expect(shown).toEqual([
    { fsync: "on", commit: "on", pages: "on", addresses: "", zone: "UTC", database: "assay" },
  ]);
});

test("a server without a data folder leaves nothing behind", async () => {
  const server = await startPrivateServer();
  expect(existsSync(socketFolder(server.url))).toBe(true);
  await server.close();
  await server.close();
  expect(existsSync(socketFolder(server.url))).toBe(false);
  await expect(query(server.url, "select 1")).rejects.toThrow(/ENOENT/);
});

test("a data folder is made once and found again", async () => {
  const dataDir = usedInTurn;
  const first = await startPrivateServer({ dataDir });
  await query(first.url, "create table kept (id integer)", "insert into kept values (7)");
  await first.close();
  const second = await startPrivateServer({ dataDir });
  const found = await query(second.url, "select id from kept");
  await second.close();
  expect(found).toEqual([{ id: 7 }]);
});

test("two servers never share a data folder", async () => {
  const dataDir = usedInTurn;
  const first = await startPrivateServer({ dataDir });
  await expect(startPrivateServer({ dataDir, patienceMs: 0 })).rejects.toMatchObject({
    code: "DB_SERVER_IN_USE",
    facts: { dataDir, pid: first.pid },
  });
  expect(await query(first.url, "select 1 as one")).toEqual([{ one: 1 }]);
  await first.close();
});

test("two processes that make one data folder at the same time do not harm each other", async () => {
  const dataDir = join(folder, "raced");
  const outcomes = await Promise.allSettled([1, 2].map(() => startPrivateServer({ dataDir, patienceMs: 0 })));
  const started = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
  expect(started).toHaveLength(1);
  await Promise.all(started.map((server) => server.close()));
});

test("a committed row survives kill -9 of the server", async () => {
  const dataDir = usedInTurn;
  const first = await startPrivateServer({ dataDir });
  await query(first.url, "create table killed (id integer)");
  for (let id = 0; id < 20; id++) await query(first.url, `insert into killed values (${id})`);
  process.kill(first.pid, "SIGKILL");
  await first.exited;
  const second = await startPrivateServer({ dataDir });
  const found = await query(second.url, "select count(*)::integer as rows from killed");
  await second.close();
  expect(found).toEqual([{ rows: 20 }]);
});

const OWNER = `
  const { startPrivateServer } = await import(${JSON.stringify(new URL("./start.ts", import.meta.url).href)});
  const server = await startPrivateServer({ dataDir: process.argv[1] });
  console.log(JSON.stringify({ url: server.url, pid: server.pid }));`;

test("kill -9 of the process that started it ends the server and frees its folder", async () => {
  const dataDir = usedInTurn;
  const owner = spawn(process.execPath, ["--input-type=module", "-e", OWNER, dataDir], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(owner.stdout, "data")) as [Buffer];
  const { pid, url } = JSON.parse(String(line)) as Pick<PrivateServer, "pid" | "url">;
  owner.kill("SIGKILL");
  const next = await startPrivateServer({ dataDir, patienceMs: 50_000 });
  expect(next.pid).not.toBe(pid);
  await expect.poll(() => existsSync(socketFolder(url)), PATIENCE).toBe(false);
  expect(await query(next.url, "select 1 as one")).toEqual([{ one: 1 }]);
  await next.close();
});

test("a folder that holds something else is refused", async () => {
  const dataDir = join(folder, "occupied");
  await mkdir(join(dataDir, "photos"), { recursive: true });
  await expect(startPrivateServer({ dataDir })).rejects.toMatchObject({
    code: "DB_SERVER_FAILED",
    facts: { step: "initdb" },
  });
  expect(existsSync(join(dataDir, "photos"))).toBe(true);
});

test.runIf(serverAccount() !== undefined)(
  "a data folder below one that the server's account may not enter is refused by name",
  async () => {
    const closed = join(folder, "closed");
    await mkdir(closed, { mode: 0o700 });
    await expect(startPrivateServer({ dataDir: join(closed, "data") })).rejects.toMatchObject({
      code: "DB_SERVER_FOLDER_CLOSED",
      facts: { folder: closed, account: serverAccount()?.name },
    });
  },
);
