import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { CodedError, seededRandom } from "@assay/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { receiptFor } from "../testing/board.ts";
import { aKeptSnapshot, anIntentPlan, IDENTITY } from "../testing/journal-rows.ts";
import { planIntent, recordIncluded, recordSigned } from "./intents.ts";
import { writeNote } from "./notes.ts";
import { journalPath, openStore } from "./open.ts";
import { acknowledgeResult, queueResult } from "./results.ts";
import { keepConflict, keepSnapshot } from "./snapshots.ts";

/** Bits that are flipped, one at a time. */
const FLIPS = 500;

let folder: string;
let sound: Buffer;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-damage-"));
  const store = openStore(folder, IDENTITY);
  fill(store.db);
  store.close();
  sound = readFileSync(journalPath(folder));
});
afterAll(() => rmSync(folder, { recursive: true }));

function fill(db: DatabaseSync): void {
  for (let epochIndex = 1; epochIndex <= 8; epochIndex++) {
    const planned = planIntent(db, anIntentPlan({ epochIndex }));
    const hex = `0x${"ab".repeat(200)}`;
    const signed = recordSigned(db, planned, {
      hash: "0x01",
      hex,
      nonce: epochIndex,
      eraEnd: 60,
      fromBlock: 30,
    });
    recordIncluded(db, signed, { block: 33, hash: "0x33", epochIndex });
  }
  for (let version = 1; version <= 3; version++) keepSnapshot(db, aKeptSnapshot(version));
  keepConflict(db, aKeptSnapshot(3, "77".repeat(32)));
  writeNote(db, "baseline", { block: 1, nonce: 0, lastUpdate: 0, commits: [] });
  writeNote(db, "pause", { reason: "x".repeat(200) });
  for (const attempt of [1, 2])
    queueResult(db, { jobId: "job", attempt, signed: { body: "{}", signature: `0x${"00".repeat(64)}` } });
  acknowledgeResult(db, { jobId: "job", attempt: 1 }, receiptFor({ body: "{}" }));
}

/** Everything the journal says, or the code with which it refuses to be opened. */
function outcome(): string {
  try {
    const store = openStore(folder, IDENTITY);
    const said = contents(store.db);
    store.close();
    return said;
  } catch (error) {
    if (error instanceof CodedError) return error.code;
    throw error;
  }
}

function contents(db: DatabaseSync): string {
  const tables = ["intents", "snapshots", "conflicts", "results", "receipts", "notes", "identity"];
  return JSON.stringify(tables.map((table) => db.prepare(`select * from ${table} order by 1, 2`).all()));
}

test("a bit flipped anywhere in the file is noticed or changes nothing", () => {
  writeFileSync(journalPath(folder), sound);
  const whole = outcome();
  expect(whole).toContain("0xabab");
  const random = seededRandom("bit flips");
  const noticed = new Map<string, number>();
  for (let flip = 0; flip < FLIPS; flip++) {
    const at = random.below(sound.length);
    const bit = random.below(8);
    const flipped = Buffer.from(sound);
    flipped.writeUInt8(flipped.readUInt8(at) ^ (1 << bit), at);
    writeFileSync(journalPath(folder), flipped);
    const said = outcome();
    const key = said === whole ? "harmless" : said;
    expect(key, `bit ${bit} of byte ${at}`).toMatch(/^(harmless|VALIDATOR_JOURNAL_[A-Z]+)$/);
    noticed.set(key, (noticed.get(key) ?? 0) + 1);
  }
  expect([...noticed.keys()]).toEqual(expect.arrayContaining(["harmless", "VALIDATOR_JOURNAL_DAMAGED"]));
}, 120_000);

test("every bit of the file's header is as safe", () => {
  writeFileSync(journalPath(folder), sound);
  const whole = outcome();
  for (let at = 0; at < 100; at++) {
    const flipped = Buffer.from(sound);
    flipped.writeUInt8(flipped.readUInt8(at) ^ (1 << (at % 8)), at);
    writeFileSync(journalPath(folder), flipped);
    const said = outcome();
    expect(said === whole ? "harmless" : said, `byte ${at}`).toMatch(/^(harmless|VALIDATOR_JOURNAL_[A-Z]+)$/);
  }
}, 120_000);

test("a constraint that was weakened in the file is noticed", () => {
  // A page that was split leaves a copy behind that nobody reads: all of them are weakened.
  const text = sound.toString("latin1");
  const weakened = text.replaceAll(/(one_live_intent on intents[^;]{0,90})'expired'/g, "$1'dxpired'");
  expect(weakened).not.toBe(text);
  writeFileSync(journalPath(folder), Buffer.from(weakened, "latin1"));
  expect(outcome()).toBe("VALIDATOR_JOURNAL_DAMAGED");
});

test("an empty database in the journal's place is refused", () => {
  rmSync(journalPath(folder));
  const db = new DatabaseSync(journalPath(folder));
  db.exec("create table t (a); drop table t");
  db.close();
  expect(outcome()).toBe("VALIDATOR_JOURNAL_DAMAGED");
});
