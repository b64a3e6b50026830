import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { JournalIdentity } from "./check.ts";
import { ensureMarker } from "./marker.ts";
import { type Note, writeNote } from "./notes.ts";
import { journalPath, openStore } from "./open.ts";
import { inTransaction } from "./writing.ts";

/**
 * Puts a new journal in the place of a lost or damaged one, whose file is kept under another name. The new one is
 * whole before it takes the place, so that a crash at any moment leaves either of them and never an unwary one.
 *
 * @returns where the old file is now; null if there was none.
 */
export function replaceJournal(
  folder: string,
  { identity, floor, name }: { identity: JournalIdentity; floor: Note<"floor">; name: string },
): string | null {
  const path = journalPath(folder);
  const fresh = beginAside(folder, { identity, floor });
  const kept = existsSync(path) ? `${path}.${name}` : null;
  // Both parts are kept; a half-finished transaction of the old file must not be applied to the new one.
  if (kept !== null) copyFileSync(path, kept);
  if (existsSync(`${path}-journal`)) renameSync(`${path}-journal`, `${path}.${name}-journal`);
  renameSync(fresh, path);
  rmSync(dirname(fresh), { recursive: true });
  ensureMarker(path, identity);
  return kept;
}

function beginAside(
  folder: string,
  { identity, floor }: { identity: JournalIdentity; floor: Note<"floor"> },
): string {
  const aside = join(folder, "new");
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(aside, { recursive: true, mode: 0o700 });
  const store = openStore(aside, identity);
  inTransaction(store.db, () => {
    writeNote(store.db, "floor", floor);
    writeNote(store.db, "resumed", {});
  });
  store.close();
  return store.path;
}
