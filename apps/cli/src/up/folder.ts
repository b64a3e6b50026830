import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The folder of one run: logs to read afterwards, secrets that end with it. */
export type RunFolder = {
  readonly path: string;
  /** Writes a file only this user can read and returns its path. */
  secret(name: string, text: string): string;
  log(name: string): string;
  /** Removes everything `secret` wrote. */
  forgetSecrets(): void;
  /** A folder of its own for one process. */
  home(name: string): string;
};

const KEPT_RUNS = 3;

/** Makes `<home>/up/<time>` and forgets all but the newest runs before it. */
export function createRunFolder(home: string, nowMs: number): RunFolder {
  const parent = join(home, "up");
  mkdirSync(parent, { recursive: true });
  for (const old of readdirSync(parent)
    .sort()
    .slice(0, -KEPT_RUNS + 1 || undefined))
    rmSync(join(parent, old), { recursive: true, force: true });
  const path = join(parent, new Date(nowMs).toISOString().replaceAll(":", "-"));
  for (const name of ["logs", "secrets"]) mkdirSync(join(path, name), { recursive: true, mode: 0o700 });
  return {
    path,
    secret: (name, text) => write(join(path, "secrets", name), text),
    forgetSecrets: () => rmSync(join(path, "secrets"), { recursive: true, force: true }),
    log: (name) => join(path, "logs", `${name}.log`),
    home: (name) => {
      const folder = join(path, name);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      return folder;
    },
  };
}

function write(file: string, text: string): string {
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}
