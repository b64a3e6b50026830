import { DatabaseSync, type SQLOutputValue } from "node:sqlite";
import type { Json } from "@assay/core";
import { INDEXES } from "./indexes.ts";
import { sealOf } from "./seal.ts";

/** Version of the tables below, kept in `user_version`; a journal of a newer one is refused. */
export const SCHEMA_VERSION = 4;

/**
 * The journal's tables. A record's text is the only truth; the columns that constraints need are read out of it.
 * `one_live_intent` is the promise of the whole file: an epoch has at most one intent that is not provably dead.
 */
const INTENTS = `
create table intents (
  id integer primary key,
  body text not null,
  seal text not null,
  storage_index integer not null generated always as (body ->> 'storageIndex') virtual,
  epoch_index integer not null generated always as (body ->> 'epochIndex') virtual,
  attempt integer not null generated always as (body ->> 'attempt') virtual,
  state text not null generated always as (body ->> 'state') virtual
    check (state in ('planned', 'signed', 'included', 'confirmed', 'revealed', 'unrevealed', 'expired', 'refused')),
  effective_epoch integer generated always as (body ->> '$.included.epochIndex') virtual,
  check (state in ('planned', 'expired') or body ->> '$.signed.hash' is not null),
  check (state not in ('included', 'confirmed', 'revealed', 'unrevealed') or effective_epoch is not null)
) strict;
create unique index one_attempt on intents (storage_index, epoch_index, attempt);
create unique index one_live_intent on intents (storage_index, epoch_index)
  where state not in ('expired', 'refused');
`;

const RESULTS = `
create table results (
  job_id text not null,
  attempt integer not null,
  state text not null check (state in ('queued', 'acknowledged', 'refused')),
  body text,
  signature text not null,
  problem text,
  seal text not null,
  primary key (job_id, attempt),
  check ((state = 'queued') = (body is not null))
) strict;
`;

const RECEIPTS = `
create table receipts (
  job_id text not null,
  attempt integer not null,
  body text not null,
  seal text not null,
  primary key (job_id, attempt)
) strict;
`;

const NOTES = `
create table notes (
  name text primary key,
  body text not null,
  seal text not null
) strict;
`;

const TABLES = `
create table identity (
  only_row integer primary key check (only_row = 1),
  genesis text not null,
  hotkey text not null
) strict;

${INTENTS}
create table snapshots (
  id integer primary key,
  body text not null,
  seal text not null,
  version integer not null generated always as (body ->> 'version') virtual
) strict;
create unique index one_snapshot on snapshots (version);

create table conflicts (
  id integer primary key,
  body text not null,
  seal text not null,
  version integer not null generated always as (body ->> 'version') virtual
) strict;
create unique index one_conflict on conflicts (version);

${RESULTS}
${RECEIPTS}
${NOTES}
${INDEXES}
`;

/** Creates the tables of a new journal and says whose it is, in one transaction. */
export function createTables(db: DatabaseSync, identity: { genesis: string; hotkey: string }): void {
  db.exec(`begin; ${TABLES}`);
  db.prepare("insert into identity (only_row, genesis, hotkey) values (1, ?, ?)").run(
    identity.genesis,
    identity.hotkey,
  );
  db.exec(`pragma user_version = ${SCHEMA_VERSION}; commit`);
}

/** Version of the tables in an open journal; 0 for a new file. */
export function schemaVersion(db: DatabaseSync): number {
  return Number(db.prepare("pragma user_version").get()?.["user_version"] ?? 0);
}

/** Brings the tables of an older version up to date, one version after the other, each in one transaction. */
export function upgradeTables(db: DatabaseSync): void {
  if (schemaVersion(db) === 1) sealResults(db);
  if (schemaVersion(db) === 2) db.exec(`begin; ${RECEIPTS} pragma user_version = 3; commit`);
  if (schemaVersion(db) === 3) db.exec(`begin; ${INDEXES} pragma user_version = 4; commit`);
}

/** From version 1 to 2: more states, sealed results, notes. */
function sealResults(db: DatabaseSync): void {
  db.exec(`begin;
    alter table intents rename to old_intents; drop index one_attempt; drop index one_live_intent;
    alter table results rename to old_results; ${INTENTS} ${RESULTS} ${NOTES}
    insert into intents (id, body, seal) select id, body, seal from old_intents order by id`);
  const copy = db.prepare(
    `insert into results (job_id, attempt, state, body, signature, problem, seal)
     select job_id, attempt, state, body, signature, problem, ? from old_results where rowid = ?`,
  );
  for (const { rowid, ...row } of db.prepare("select rowid, * from old_results order by rowid").all())
    copy.run(sealOfResult(row), Number(rowid));
  db.exec(`drop table old_intents; drop table old_results; pragma user_version = 2; commit`);
}

/** The seal of a result that had none: over the same names under which it will be checked. */
function sealOfResult({ job_id: jobId, ...parts }: Record<string, SQLOutputValue>): string {
  return sealOf(asJson({ jobId, ...parts }));
}

/** The tables hold text, whole numbers and null only. */
function asJson(values: Record<string, SQLOutputValue | undefined>): Json {
  return values as Json;
}

/** What the journal's own description of its tables must be: a changed constraint would no longer hold anything. */
export function hasExpectedTables(db: DatabaseSync): boolean {
  const fresh = new DatabaseSync(":memory:");
  fresh.exec(TABLES);
  const isSame = describe(fresh) === describe(db);
  fresh.close();
  return isSame;
}

function describe(db: DatabaseSync): string {
  const rows = db.prepare("select type, name, tbl_name, sql from sqlite_schema order by type, name").all();
  return JSON.stringify(rows).replace(/(\\n|\s)+/g, " ");
}
