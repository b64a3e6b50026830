import { readFile, rename, writeFile } from "node:fs/promises";
import { DevnetError } from "../errors.ts";
import { formatSaved, parseSaved, type SavedChain } from "./format.ts";

/** Writes a chain to a file that is either the old or the new one at any moment. */
export async function saveChain(file: string, chain: SavedChain): Promise<void> {
  const half = `${file}.${process.pid}.half`;
  try {
    await writeFile(half, formatSaved(chain));
    await rename(half, file);
  } catch (cause) {
    const problem = `cannot write ${file}`;
    throw new DevnetError({ code: "DEVNET_STATE_UNSAVED", problem }, problem, { cause });
  }
}

/** The chain in a file, undefined if there is no such file yet. */
export async function loadChain(file: string): Promise<SavedChain | undefined> {
  try {
    return parseSaved(await readFile(file, "utf8"));
  } catch (cause) {
    if (cause instanceof DevnetError) throw cause;
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
    const problem = `cannot read ${file}`;
    throw new DevnetError({ code: "DEVNET_STATE_INVALID", problem }, problem, { cause });
  }
}

/** Where a fork of a chain is kept: beside the chain's own file, under a plain name. */
export function forkFile(file: string, name: string): string {
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(name)) {
    const problem = `${name} is no name of a fork: small letters, digits and hyphens`;
    throw new DevnetError({ code: "DEVNET_STATE_UNSAVED", problem }, problem);
  }
  return `${file}.${name}`;
}
