import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { receiptFor } from "../testing/board.ts";
import { anIntentPlan, IDENTITY } from "../testing/journal-rows.ts";
import { INDEXES } from "./indexes.ts";
import { findIntentOfEpoch, findLastConfirmed, listOpenIntents } from "./intents.ts";
import { journalPath, openStore } from "./open.ts";
import { findReceipt } from "./receipts.ts";
import { acknowledgeResult, findResultState, listQueuedResults, queueResult } from "./results.ts";
import { createTables, SCHEMA_VERSION, schemaVersion } from "./schema.ts";
import { seal } from "./seal.ts";

/** The tables as version 1 made them. */
const FIRST_TABLES = `
create table identity (
  only_row integer primary key check (only_row = 1), genesis text not null, hotkey text not null
) strict;
create table intents (
  id integer primary key, body text not null, seal text not null,
  storage_index integer not null generated always as (body ->> 'storageIndex') virtual,
  epoch_index integer not null generated always as (body ->> 'epochIndex') virtual,
  attempt integer not null generated always as (body ->> 'attempt') virtual,
  state text not null generated always as (body ->> 'state') virtual
    check (state in ('planned', 'signed', 'included', 'confirmed', 'expired', 'refused')),
  effective_epoch integer generated always as (body ->> '$.included.epochIndex') virtual
) strict;
create unique index one_attempt on intents (storage_index, epoch_index, attempt);
create unique index one_live_intent on intents (storage_index, epoch_index) where state not in ('expired', 'refused');
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
  job_id text not null, attempt integer not null, state text not null, body text, signature text not null,
  problem text, primary key (job_id, attempt)
) strict;
`;

const PLANNED = {
  attempt: 1,
  state: "planned",
  signed: null,
  included: null,
  confirmedBlock: null,
  problem: null,
};

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "assay-upgrade-")), "validator");
  mkdirSync(folder);
});
afterEach(() => rmSync(join(folder, ".."), { recursive: true }));

test("a journal of version 1 goes on with all it knew", () => {
  const old = new DatabaseSync(journalPath(folder));
  old.exec(FIRST_TABLES);
  old.prepare("insert into identity values (1, ?, ?)").run(IDENTITY.genesis, IDENTITY.hotkey);
  const signed = { hash: "0x01", hex: "0x02", nonce: 4, eraEnd: 60, fromBlock: 30 };
  const included = { block: 33, hash: "0x33", epochIndex: 1 };
  const confirmed = { attempt: 1, state: "confirmed", signed, included, confirmedBlock: 34, problem: null };
  const record = seal({ ...anIntentPlan(), row: [[0, 65_535]], ...confirmed });
  old.prepare("insert into intents (body, seal) values (?, ?)").run(record.body, record.seal);
  old.exec("insert into results values ('job1', 1, 'queued', '{}', '0x00', null)");
  old.exec("insert into results values ('job2', 1, 'refused', null, '0x00', 'API_NOT_FOUND')");
  old.exec("pragma user_version = 1");
  old.close();

  const store = openStore(folder, IDENTITY);
  expect(schemaVersion(store.db)).toBe(SCHEMA_VERSION);
  expect(findIntentOfEpoch(store.db, { storageIndex: 2, epochIndex: 1 })?.state).toBe("confirmed");
  expect(findLastConfirmed(store.db, 2)).toMatchObject({ confirmedBlock: 34, commit: null });
  expect(listQueuedResults(store.db, 9)).toEqual([
    { jobId: "job1", attempt: 1, signed: { body: "{}", signature: "0x00" } },
  ]);
  expect(findResultState(store.db, { jobId: "job2", attempt: 1 })).toBe("refused");
  store.close();
  openStore(folder, IDENTITY).close();
});

/** The tables before they had indexes for what is asked with every block. */
function dropIndexes(db: DatabaseSync): void {
  for (const [, name] of INDEXES.matchAll(/create index (\w+)/g)) db.exec(`drop index ${name}`);
}

test("a journal of version 2 begins to keep receipts", () => {
  const old = new DatabaseSync(journalPath(folder));
  createTables(old, IDENTITY);
  queueResult(old, { jobId: "job", attempt: 1, signed: { body: "{}", signature: "0x00" } });
  dropIndexes(old);
  old.exec("drop table receipts; pragma user_version = 2");
  old.close();

  const store = openStore(folder, IDENTITY);
  expect(schemaVersion(store.db)).toBe(SCHEMA_VERSION);
  acknowledgeResult(store.db, { jobId: "job", attempt: 1 }, receiptFor({ body: "{}" }));
  expect(findReceipt(store.db, { jobId: "job", attempt: 1 })).toEqual(receiptFor({ body: "{}" }));
  store.close();
  openStore(folder, IDENTITY).close();
});

test("a journal of version 3 gets its indexes and keeps what it holds", () => {
  const old = new DatabaseSync(journalPath(folder));
  createTables(old, IDENTITY);
  dropIndexes(old);
  const { body, seal: hash } = seal({ ...anIntentPlan(), row: [[0, 65_535]], ...PLANNED });
  old.prepare("insert into intents (body, seal) values (?, ?)").run(body, hash);
  old.exec("pragma user_version = 3");
  old.close();

  const store = openStore(folder, IDENTITY);
  expect(schemaVersion(store.db)).toBe(SCHEMA_VERSION);
  expect(listOpenIntents(store.db, 2)).toMatchObject([{ epochIndex: 1, state: "planned" }]);
  store.close();
  openStore(folder, IDENTITY).close();
});
