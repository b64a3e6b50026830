import type { DatabaseSync } from "node:sqlite";

/** Version of the tables below, kept in `user_version`; a journal of a newer one is refused. */
export const SCHEMA_VERSION = 1;

/**
 * The journal's tables. A record's text is the only truth; the columns that constraints need are read out of it.
 * `one_live_intent` is the promise of the whole file: an epoch has at most one intent that is not provably dead.
 */
const TABLES = `
create table identity (
  only_row integer primary key check (only_row = 1),
  genesis text not null,
  hotkey text not null
) strict;

create table intents (
  id integer primary key,
  body text not null,
  seal text not null,
  storage_index integer not null generated always as (body ->> 'storageIndex') virtual,
  epoch_index integer not null generated always as (body ->> 'epochIndex') virtual,
  attempt integer not null generated always as (body ->> 'attempt') virtual,
  state text not null generated always as (body ->> 'state') virtual
    check (state in ('planned', 'signed', 'included', 'confirmed', 'expired', 'refused')),
  effective_epoch integer generated always as (body ->> '$.included.epochIndex') virtual,
  check (state in ('planned', 'expired') or body ->> '$.signed.hash' is not null),
  check (state not in ('included', 'confirmed') or effective_epoch is not null)
) strict;
create unique index one_attempt on intents (storage_index, epoch_index, attempt);
create unique index one_live_intent on intents (storage_index, epoch_index)
  where state not in ('expired', 'refused');

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

create table results (
  job_id text not null,
  attempt integer not null,
  state text not null check (state in ('queued', 'acknowledged', 'refused')),
  body text,
  signature text not null,
  problem text,
  primary key (job_id, attempt),
  check ((state = 'queued') = (body is not null))
) strict;
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
