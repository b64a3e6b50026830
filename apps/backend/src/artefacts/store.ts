import { randomUUID } from "node:crypto";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Bytes by their SHA-256. */
export type ArtefactStore = {
  /** Resolves once the bytes would survive a crash of the machine. */
  put(sha256: string, bytes: Uint8Array): Promise<void>;
  get(sha256: string): Promise<Uint8Array | undefined>;
};

/** Artefacts as files of a local folder, two digits of the hash to a subfolder. */
export function folderStore(folder: string): ArtefactStore {
  const pathOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256);
  return {
    put: (sha256, bytes) => writeDurably(pathOf(sha256), bytes),
    get: (sha256) => readIfPresent(pathOf(sha256)),
  };
}

/** A reader sees the whole file or none: it is written aside, flushed, then renamed, and the rename is flushed too. */
async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const aside = `${path}.${randomUUID()}`;
  try {
    await flush(aside, "wx", bytes);
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
  await flush(dirname(path), "r");
}

async function flush(path: string, flags: "wx" | "r", bytes?: Uint8Array): Promise<void> {
  const file = await open(path, flags, 0o600);
  try {
    if (bytes !== undefined) await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function readIfPresent(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
