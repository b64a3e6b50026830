import type { DatabaseSync } from "node:sqlite";
import { ValidatorError, type ValidatorErrorFacts } from "../errors.ts";

const SQLITE_BUSY = 5;
/** Read-only, input or output failed, disk full, cannot open. */
const SQLITE_UNWRITABLE = [8, 10, 13, 14];

/** One transaction: all of it on disk, or none of it and VALIDATOR_JOURNAL_UNWRITABLE. */
export function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  return writing(db, () => {
    db.exec("begin");
    try {
      const result = work();
      db.exec("commit");
      return result;
    } catch (error) {
      // A full disk may have rolled it back already.
      if (db.isTransaction) db.exec("rollback");
      throw error;
    }
  });
}

/** A write whose failure says in words what is wrong with the file. */
export function writing<T>(db: DatabaseSync, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw isSqlite(error) && SQLITE_UNWRITABLE.includes(codeOf(error))
      ? journalError(error, pathOf(db))
      : error;
  }
}

/** What SQLite said about the file at `path`, as an error of ours. */
export function journalError(error: unknown, path: string): unknown {
  if (error instanceof ValidatorError || !(error instanceof Error)) return error;
  const facts = factsOf(error, path);
  return new ValidatorError(facts, MESSAGES[facts.code]?.(path, error.message), { cause: error });
}

const MESSAGES: Partial<Record<ValidatorErrorFacts["code"], (path: string, problem: string) => string>> = {
  VALIDATOR_JOURNAL_LOCKED: (path) =>
    `Another process has the journal ${path} open: this validator already runs.`,
  VALIDATOR_JOURNAL_UNWRITABLE: (path, problem) =>
    `The journal ${path} cannot be written (${problem}). Nothing is signed until it can: free the disk, or correct the permissions.`,
  VALIDATOR_JOURNAL_DAMAGED: (path, problem) =>
    `The journal ${path} is damaged (${problem}). Run \`recover\`, which reads the chain first.`,
};

function factsOf(error: Error, path: string): Extract<ValidatorErrorFacts, { path: string }> {
  const code = isSqlite(error) ? codeOf(error) : undefined;
  if (code === SQLITE_BUSY) return { code: "VALIDATOR_JOURNAL_LOCKED", path };
  const isUnwritable = code === undefined || SQLITE_UNWRITABLE.includes(code);
  const kind = isUnwritable ? "VALIDATOR_JOURNAL_UNWRITABLE" : "VALIDATOR_JOURNAL_DAMAGED";
  return { code: kind, path, problem: error.message };
}

function isSqlite(error: unknown): error is Error & { errcode: unknown } {
  return error instanceof Error && "errcode" in error;
}

/** Extended codes carry the plain one in their low byte. */
function codeOf({ errcode }: { errcode: unknown }): number {
  return Number(errcode) & 0xff;
}

function pathOf(db: DatabaseSync): string {
  return db.location() ?? "in memory";
}
