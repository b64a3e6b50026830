import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { aKeptSnapshot, anIntentPlan, HOTKEY, IDENTITY } from "../testing/journal-rows.ts";
import { exportJournal, importJournal } from "./hand-over.ts";
import { listOpenIntents, planIntent } from "./intents.ts";
import { findNote, writeNote } from "./notes.ts";
import { journalPath, openExisting, openStore } from "./open.ts";
import { findKeptSnapshot, keepSnapshot } from "./snapshots.ts";

let root: string;
let source: string;
let target: string;
let file: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "assay-hand-over-"));
  source = join(root, "source");
  target = join(root, "target");
  file = join(root, "journal.export");
  const store = openStore(source, IDENTITY);
  planIntent(store.db, anIntentPlan({ epochIndex: 7 }));
  keepSnapshot(store.db, aKeptSnapshot(3));
  writeNote(store.db, "pause", { reason: "moving" });
  store.close();
});
afterEach(() => rmSync(root, { recursive: true }));

const ours = { hotkey: HOTKEY };
const code = (expected: string) => expect.objectContaining({ code: expected });

test("an exported journal goes on elsewhere with all it knew, and refuses to be used here", () => {
  exportJournal(source, { file, ...ours });
  expect(() => openStore(source, IDENTITY)).toThrow(code("VALIDATOR_JOURNAL_MOVED"));
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(importJournal(target, { file, ...ours })).toEqual(IDENTITY);
  const store = openStore(target, IDENTITY);
  expect(listOpenIntents(store.db, 2)).toMatchObject([{ epochIndex: 7 }]);
  expect(findKeptSnapshot(store.db)?.version).toBe(3);
  expect(findNote(store.db, "pause")).toEqual({ reason: "moving" });
  store.close();
});

test("a journal may come back to where it was exported from", () => {
  exportJournal(source, { file, ...ours });
  importJournal(target, { file, ...ours });
  const back = join(root, "back.export");
  exportJournal(target, { file: back, ...ours });
  importJournal(source, { file: back, ...ours });
  openStore(source, IDENTITY).close();
  expect(() => openStore(target, IDENTITY)).toThrow(code("VALIDATOR_JOURNAL_MOVED"));
});

test("an export that died before its file was there is made again", () => {
  const store = openExisting(source);
  writeNote(store.db, "moved", { to: file });
  store.close();
  exportJournal(source, { file, ...ours });
  importJournal(target, { file, ...ours });
  openStore(target, IDENTITY).close();
});

test("nothing is written over: no file by an export, no journal in use by an import", () => {
  writeFileSync(file, "something else");
  expect(() => exportJournal(source, { file, ...ours })).toThrow(code("VALIDATOR_JOURNAL_PRESENT"));
  openStore(source, IDENTITY).close();
  rmSync(file);
  exportJournal(source, { file, ...ours });
  openStore(target, IDENTITY).close();
  const before = readFileSync(journalPath(target));
  expect(() => importJournal(target, { file, ...ours })).toThrow(code("VALIDATOR_JOURNAL_PRESENT"));
  expect(readFileSync(journalPath(target))).toEqual(before);
});

test("a running validator's journal is not exported", () => {
  const running = openStore(source, IDENTITY);
  expect(() => exportJournal(source, { file, ...ours })).toThrow(code("VALIDATOR_JOURNAL_LOCKED"));
  running.close();
  expect(existsSync(file)).toBe(false);
});

test("another hotkey's journal is neither exported nor imported", () => {
  const other = { hotkey: HOTKEY.replace("5G", "5H") };
  expect(() => exportJournal(source, { file, ...other })).toThrow(code("VALIDATOR_JOURNAL_FOREIGN"));
  exportJournal(source, { file, ...ours });
  expect(() => importJournal(target, { file, ...other })).toThrow(code("VALIDATOR_JOURNAL_FOREIGN"));
  expect(existsSync(journalPath(target))).toBe(false);
});

test("a damaged file is not imported", () => {
  exportJournal(source, { file, ...ours });
  const bytes = readFileSync(file);
  const at = bytes.indexOf("1111111111");
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  writeFileSync(file, bytes);
  expect(() => importJournal(target, { file, ...ours })).toThrow(code("VALIDATOR_JOURNAL_DAMAGED"));
  expect(() => importJournal(target, { file: join(root, "none"), ...ours })).toThrow(
    code("VALIDATOR_JOURNAL_ABSENT"),
  );
});
