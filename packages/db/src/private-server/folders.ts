import { chown, mkdir, mkdtemp, realpath } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { DbError } from "../errors.ts";
import { type Account, closedFolder } from "./account.ts";

/** The system's folder for temporary files, or /tmp where that is closed to the account or too long for a socket. */
export function temporaryRoot(account: Account | undefined): string {
  const root = tmpdir();
  const isFit = root.length <= 70 && closedFolder(root, account) === undefined;
  return isFit ? root : "/tmp";
}

/** A new folder that belongs to the account alone. */
export async function newFolder(prefix: string, account: Account | undefined): Promise<string> {
  const folder = await mkdtemp(prefix);
  if (account !== undefined) await chown(folder, account.uid, account.gid);
  return folder;
}

/** The real path of a data folder that is to be, its parents made and open to the account. */
export async function prepareDataPath(dataDir: string, account: Account | undefined): Promise<string> {
  const wanted = resolve(dataDir);
  await mkdir(dirname(wanted), { recursive: true });
  const path = join(await realpath(dirname(wanted)), basename(wanted));
  const closed = closedFolder(dirname(path), account);
  if (closed === undefined) return path;
  const name = account?.name ?? "";
  const message = `PostgreSQL runs as ${name}, which may not enter ${closed}; choose a data folder elsewhere`;
  throw new DbError({ code: "DB_SERVER_FOLDER_CLOSED", folder: closed, account: name }, message);
}
