import type { DatabaseSync } from "node:sqlite";
import { ValidatorError } from "../errors.ts";
import { checkIntents } from "./intents.ts";
import { checkNotes } from "./notes.ts";
import { checkReceipts } from "./receipts.ts";
import { checkResults } from "./results.ts";
import { hasExpectedTables, SCHEMA_VERSION, schemaVersion, upgradeTables } from "./schema.ts";
import { checkSnapshots } from "./snapshots.ts";

/** Whose journal it is: one hotkey on one chain. */
export type JournalIdentity = { readonly genesis: string; readonly hotkey: string };

/** Holds every page, table and record of an existing journal against what was written, and brings it up to date. */
export function checkJournal(db: DatabaseSync, path: string): void {
  checkPages(db, path);
  const found = schemaVersion(db);
  if (found > SCHEMA_VERSION) throw newer(path, found);
  if (found < 1) throw damage(path, "it does not say which version wrote it");
  upgradeTables(db);
  if (!hasExpectedTables(db)) throw damage(path, "its tables are not described as they were written");
  checkIntents(db);
  checkSnapshots(db);
  checkResults(db);
  checkReceipts(db);
  checkNotes(db);
}

/** Whose journal it says it is. */
export function readIdentity(db: DatabaseSync, path: string): JournalIdentity {
  const row = db.prepare("select genesis, hotkey from identity").get();
  if (row === undefined) throw damage(path, "it does not say whose it is");
  return { genesis: String(row["genesis"]), hotkey: String(row["hotkey"]) };
}

/** Refuses a journal of another hotkey or chain. */
export function checkIdentity(found: JournalIdentity, path: string, ours: Partial<JournalIdentity>): void {
  for (const field of ["genesis", "hotkey"] as const) {
    const [journal, expected] = [found[field], ours[field]];
    if (expected === undefined || journal === expected) continue;
    throw new ValidatorError(
      { code: "VALIDATOR_JOURNAL_FOREIGN", path, field, journal, ours: expected },
      `The journal ${path} belongs to ${field} ${journal}, not to ${expected}. Give every hotkey and every chain a folder of its own (ASSAY_HOME).`,
    );
  }
}

function checkPages(db: DatabaseSync, path: string): void {
  const problem = String(db.prepare("pragma integrity_check(1)").get()?.["integrity_check"]);
  if (problem !== "ok") throw damage(path, problem);
}

function newer(path: string, found: number): ValidatorError {
  const facts = { code: "VALIDATOR_JOURNAL_NEWER", path, found, known: SCHEMA_VERSION } as const;
  return new ValidatorError(
    facts,
    `The journal ${path} was written by a newer version of this software: update.`,
  );
}

function damage(path: string, problem: string): ValidatorError {
  return new ValidatorError(
    { code: "VALIDATOR_JOURNAL_DAMAGED", path, problem },
    `The journal ${path} is damaged (${problem}). Run \`recover\`, which reads the chain first.`,
  );
}
