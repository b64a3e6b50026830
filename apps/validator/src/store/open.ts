import { existsSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ValidatorError } from "../errors.ts";
import { checkIdentity, checkJournal, type JournalIdentity, readIdentity } from "./check.ts";
import { ensureMarker, markerPath } from "./marker.ts";
import { findNote } from "./notes.ts";
import { createTables, schemaVersion } from "./schema.ts";
import { journalError } from "./writing.ts";

export type { JournalIdentity } from "./check.ts";

/** The open journal; nobody else can open it until it is closed. */
export type Store = { readonly db: DatabaseSync; readonly path: string; close(): void };

/** How long a starting process waits for another one that is just stopping. */
const LOCK_WAIT_MS = 300;

/** Where a validator keeps its journal and what lies beside it. */
export function journalFolder({ home }: { readonly home: string }): string {
  return join(home, "validator");
}

/** Where the journal lies in its folder. */
export function journalPath(folder: string): string {
  return join(folder, "journal.sqlite");
}

/** Opens or creates the journal in `folder`, exclusively, and refuses one that cannot be trusted. */
export function openStore(folder: string, identity: JournalIdentity): Store {
  const path = journalPath(folder);
  refuseIfGone(path);
  return exclusively(folder, (db) => {
    if (schemaVersion(db) === 0 && !existsSync(markerPath(path))) createTables(db, identity);
    checkJournal(db, path);
    checkIdentity(readIdentity(db, path), path, identity);
    refuseIfMoved(db, path);
    assertWritable(db);
    ensureMarker(path, identity);
  });
}

/** Opens a journal that exists, whosever it is and even if it has moved away; nothing is made. */
export function openExisting(folder: string): Store & { readonly identity: JournalIdentity } {
  const path = journalPath(folder);
  refuseIfGone(path);
  if (!existsSync(path)) {
    const problem = "there is no journal here";
    throw new ValidatorError({ code: "VALIDATOR_JOURNAL_ABSENT", path }, `${path}: ${problem}.`);
  }
  const store = exclusively(folder, (db) => checkJournal(db, path));
  return { ...store, identity: readIdentity(store.db, path) };
}

function exclusively(folder: string, prepare: (db: DatabaseSync) => void): Store {
  const path = journalPath(folder);
  const db = openFile(folder, path);
  try {
    lock(db);
    prepare(db);
    return { db, path, close: () => db.close() };
  } catch (error) {
    db.close();
    throw journalError(error, path);
  }
}

function openFile(folder: string, path: string): DatabaseSync {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return new DatabaseSync(path, { timeout: LOCK_WAIT_MS });
  } catch (error) {
    throw journalError(error, path);
  }
}

function refuseIfGone(path: string): void {
  const marker = markerPath(path);
  if (!existsSync(marker) || (existsSync(path) && statSync(path).size > 0)) return;
  throw new ValidatorError(
    { code: "VALIDATOR_JOURNAL_GONE", path, marker },
    `The journal ${path} existed and is gone. Without it a second set of weights could be signed for an epoch that already has one. Put the file back, or run \`recover\`, which reads the chain first.`,
  );
}

/** Refuses a journal that was exported and is used elsewhere. */
export function refuseIfMoved(db: DatabaseSync, path: string): void {
  const moved = findNote(db, "moved");
  if (moved === undefined) return;
  throw new ValidatorError(
    { code: "VALIDATOR_JOURNAL_MOVED", path, to: moved.to },
    `The journal ${path} was exported to ${moved.to} and is used elsewhere now. To use it here again, stop the other host, export there, and import here.`,
  );
}

/** SQLite opens also what it may only read: that would come out when something is to be signed. */
function assertWritable(db: DatabaseSync): void {
  db.exec(`pragma user_version = ${schemaVersion(db)}`);
}

/** Exclusive mode is chosen inside the transaction: chosen before, two starters could block each other for good. */
function lock(db: DatabaseSync): void {
  db.exec("pragma synchronous = full; begin exclusive; pragma locking_mode = exclusive; commit");
}
