import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
} from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ValidatorError } from "../errors.ts";
import { checkIdentity, checkJournal, type JournalIdentity, readIdentity } from "./check.ts";
import { ensureMarker } from "./marker.ts";
import { findNote, writeNote } from "./notes.ts";
import { journalPath, openExisting } from "./open.ts";
import { journalError } from "./writing.ts";

/**
 * Writes the journal to `file` for another host. The one here refuses to be used from before the copy is made, so that
 * a crash at any moment leaves at most one that may be used; exporting again makes the same copy again.
 */
export function exportJournal(
  folder: string,
  { file, hotkey }: { file: string; hotkey: string },
): JournalIdentity {
  const store = openExisting(folder);
  try {
    checkIdentity(store.identity, store.path, { hotkey });
    refuseIfPresent(file);
    writeNote(store.db, "moved", { to: file });
    const part = `${file}.part`;
    rmSync(part, { force: true });
    store.db.prepare("vacuum into ?").run(part);
    restore(part);
    renameSync(part, file);
    syncFolder(file);
    return store.identity;
  } finally {
    store.close();
  }
}

/** Takes an exported journal as this host's own; the place must be empty, or hold one that went away itself. */
export function importJournal(
  folder: string,
  { file, hotkey }: { file: string; hotkey: string },
): JournalIdentity {
  const identity = inspect(file, hotkey);
  const path = journalPath(folder);
  if (existsSync(path)) setMovedAside(folder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const part = `${path}.part`;
  copyFileSync(file, part);
  chmodSync(part, 0o600);
  inspect(part, hotkey);
  renameSync(part, path);
  syncFolder(path);
  ensureMarker(path, identity);
  return identity;
}

/** The copy is not the one that moved away: it is the one that may be used. */
function restore(path: string): void {
  chmodSync(path, 0o600);
  const db = new DatabaseSync(path);
  db.exec("pragma synchronous = full; delete from notes where name = 'moved'");
  checkJournal(db, path);
  db.close();
}

function inspect(file: string, hotkey: string): JournalIdentity {
  if (!existsSync(file))
    throw new ValidatorError({ code: "VALIDATOR_JOURNAL_ABSENT", path: file }, `There is no file ${file}.`);
  const db = new DatabaseSync(file);
  try {
    checkJournal(db, file);
    const identity = readIdentity(db, file);
    checkIdentity(identity, file, { hotkey });
    return identity;
  } catch (error) {
    throw journalError(error, file);
  } finally {
    db.close();
  }
}

function setMovedAside(folder: string): void {
  const store = openExisting(folder);
  const moved = findNote(store.db, "moved");
  store.close();
  if (moved === undefined) throw present(store.path);
  renameSync(store.path, `${store.path}.moved`);
}

function refuseIfPresent(file: string): void {
  if (existsSync(file)) throw present(file);
}

function present(path: string): ValidatorError {
  return new ValidatorError(
    { code: "VALIDATOR_JOURNAL_PRESENT", path },
    `${path} exists and is not replaced: it may hold the only record of what was signed.`,
  );
}

function syncFolder(path: string): void {
  const folder = openSync(dirname(path), "r");
  fsyncSync(folder);
  closeSync(folder);
}
