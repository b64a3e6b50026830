import { existsSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ValidatorError, type ValidatorErrorFacts } from "../errors.ts";
import { checkIntents } from "./intents.ts";
import { ensureMarker, markerPath } from "./marker.ts";
import { createTables, SCHEMA_VERSION, schemaVersion } from "./schema.ts";

/** Whose journal it is: one hotkey on one chain. */
export type JournalIdentity = { readonly genesis: string; readonly hotkey: string };

/** The open journal; nobody else can open it until it is closed. */
export type Store = { readonly db: DatabaseSync; readonly path: string; close(): void };

/** How long a starting process waits for another one that is just stopping. */
const LOCK_WAIT_MS = 1_000;

/** Opens or creates the journal in `folder`, exclusively, and refuses one that cannot be trusted. */
export function openStore(folder: string, identity: JournalIdentity): Store {
  const path = join(folder, "journal.sqlite");
  refuseIfGone(path);
  const db = openFile(folder, path);
  try {
    lock(db);
    prepare(db, path, identity);
    ensureMarker(path, identity);
    return { db, path, close: () => db.close() };
  } catch (error) {
    db.close();
    throw translate(error, path);
  }
}

function openFile(folder: string, path: string): DatabaseSync {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return new DatabaseSync(path, { timeout: LOCK_WAIT_MS });
  } catch (error) {
    throw translate(error, path);
  }
}

function refuseIfGone(path: string): void {
  const marker = markerPath(path);
  if (!existsSync(marker) || (existsSync(path) && statSync(path).size > 0)) return;
  throw new ValidatorError(
    { code: "VALIDATOR_JOURNAL_GONE", path, marker },
    `The journal ${path} existed and is gone. Without it a second set of weights could be signed for an epoch that already has one. Put the file back, or read the README before removing ${marker}.`,
  );
}

/** Exclusive mode is chosen inside the transaction: chosen before, two starters could block each other for good. */
function lock(db: DatabaseSync): void {
  db.exec("pragma synchronous = full; begin exclusive; pragma locking_mode = exclusive; commit");
}

function prepare(db: DatabaseSync, path: string, identity: JournalIdentity): void {
  checkPages(db, path);
  const found = schemaVersion(db);
  if (found > SCHEMA_VERSION)
    throw new ValidatorError({ code: "VALIDATOR_JOURNAL_NEWER", path, found, known: SCHEMA_VERSION });
  if (found === 0) createTables(db, identity);
  checkIdentity(db, path, identity);
  checkIntents(db);
}

function checkPages(db: DatabaseSync, path: string): void {
  const problem = String(db.prepare("pragma integrity_check(1)").get()?.["integrity_check"]);
  if (problem !== "ok") throw new ValidatorError({ code: "VALIDATOR_JOURNAL_DAMAGED", path, problem });
}

function checkIdentity(db: DatabaseSync, path: string, ours: JournalIdentity): void {
  const row = db.prepare("select genesis, hotkey from identity").get();
  if (row === undefined)
    throw new ValidatorError({
      code: "VALIDATOR_JOURNAL_DAMAGED",
      path,
      problem: "it does not say whose it is",
    });
  for (const field of ["genesis", "hotkey"] as const) {
    const journal = String(row[field]);
    if (journal === ours[field]) continue;
    throw new ValidatorError(
      { code: "VALIDATOR_JOURNAL_FOREIGN", path, field, journal, ours: ours[field] },
      `The journal ${path} belongs to ${field} ${journal}, not to ${ours[field]}. Give every hotkey and every chain a folder of its own (ASSAY_HOME).`,
    );
  }
}

const SQLITE_BUSY = 5;
/** Read-only, input or output failed, disk full, cannot open. */
const SQLITE_UNWRITABLE = [8, 10, 13, 14];

function translate(error: unknown, path: string): unknown {
  if (error instanceof ValidatorError || !(error instanceof Error)) return error;
  const facts = factsOf(error, path);
  const message =
    facts.code === "VALIDATOR_JOURNAL_LOCKED"
      ? `Another process has the journal ${path} open: this validator already runs.`
      : undefined;
  return new ValidatorError(facts, message, { cause: error });
}

function factsOf(error: Error, path: string): ValidatorErrorFacts {
  const errcode = "errcode" in error ? Number(error.errcode) & 0xff : undefined;
  if (errcode === SQLITE_BUSY) return { code: "VALIDATOR_JOURNAL_LOCKED", path };
  const isUnwritable = errcode === undefined || SQLITE_UNWRITABLE.includes(errcode);
  const code = isUnwritable ? "VALIDATOR_JOURNAL_UNWRITABLE" : "VALIDATOR_JOURNAL_DAMAGED";
  return { code, path, problem: error.message };
}
