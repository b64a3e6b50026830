import { readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";

/** The operating-system account that runs the server. */
export type Account = { name: string; uid: number; gid: number };

/** PostgreSQL refuses root: the account to run it under, or undefined to run it as we are. */
export function serverAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readFileSync("/etc/passwd", "utf8").split("\n").map(readAccount);
  return (
    accounts.find((found) => found?.name === "postgres") ?? accounts.find((found) => found?.name === "nobody")
  );
}

function readAccount(line: string): Account | undefined {
  const [name, , uid, gid] = line.split(":");
  return name === undefined || uid === undefined ? undefined : { name, uid: Number(uid), gid: Number(gid) };
}

/** The nearest existing folder on the way to `path` that the account may not enter; undefined if it gets there. */
export function closedFolder(path: string, account: Account | undefined): string | undefined {
  if (account === undefined) return undefined;
  const parent = dirname(path);
  const above = parent === path ? undefined : closedFolder(parent, account);
  if (above !== undefined) return above;
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined || !stats.isDirectory()) return undefined;
  return mayEnter(stats, account) ? undefined : path;
}

function mayEnter(stats: { mode: number; uid: number; gid: number }, account: Account): boolean {
  if (stats.uid === account.uid) return (stats.mode & 0o100) !== 0;
  if (stats.gid === account.gid) return (stats.mode & 0o010) !== 0;
  return (stats.mode & 0o001) !== 0;
}
