import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, statSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { DbError } from "../errors.ts";
import type { Account } from "./account.ts";
import { newFolder } from "./folders.ts";

const OPTIONS = ["-U", "postgres", "-A", "trust", "--encoding=UTF8", "--no-locale", "--no-instructions"];

/**
 * Makes `dataDir` a PostgreSQL data folder unless it is one already.
 *
 * It is made beside and renamed, so that a process killed meanwhile leaves no half of one.
 */
export async function initializeOnce(
  dataDir: string,
  { initdb, account }: { initdb: string; account: Account | undefined },
): Promise<void> {
  if (isDataFolder(dataDir)) return;
  if (holdsSomething(dataDir)) throw failure(`${dataDir} holds something else`, undefined);
  const draft = await newFolder(`${dataDir}.new-`, account);
  await runInitdb([initdb, "-D", draft, ...OPTIONS], account);
  await rename(draft, dataDir).catch(async (cause: unknown) => {
    await rm(draft, { recursive: true, force: true });
    if (!isDataFolder(dataDir)) throw failure(`${dataDir} holds something else`, cause);
  });
}

function holdsSomething(folder: string): boolean {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found === undefined || isDataFolder(folder)) return false;
  return !found.isDirectory() || readdirSync(folder).length > 0;
}

function isDataFolder(folder: string): boolean {
  return existsSync(join(folder, "PG_VERSION"));
}

async function runInitdb([program = "", ...args]: string[], account: Account | undefined): Promise<void> {
  const child = spawn(program, args, { ...identity(account), cwd: "/", stdio: ["ignore", "pipe", "pipe"] });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => output.push(String(text)));
  const [status] = await once(child, "close");
  if (status !== 0) throw failure(output.join(""), undefined);
}

/** What `spawn` needs to run a program as the account. */
export function identity(account: Account | undefined): { uid?: number; gid?: number } {
  return account === undefined ? {} : { uid: account.uid, gid: account.gid };
}

function failure(output: string, cause: unknown): DbError {
  return new DbError({ code: "DB_SERVER_FAILED", step: "initdb", output }, undefined, { cause });
}
