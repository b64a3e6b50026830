import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { afterEach, expect, test } from "vitest";
import { anIntentPlan, HOTKEY, IDENTITY } from "../testing/journal-rows.ts";
import { listOpenIntents, planIntent } from "./intents.ts";
import { openStore } from "./open.ts";

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "assay-journal-"));
  folders.push(folder);
  return folder;
}

function codeOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
  return "no error";
}

test("a journal keeps its intents over a restart", () => {
  const folder = newFolder();
  const first = openStore(folder, IDENTITY);
  const planned = planIntent(first.db, anIntentPlan({ epochIndex: 7 }));
  first.close();
  const second = openStore(folder, IDENTITY);
  expect(listOpenIntents(second.db, planned.storageIndex)).toEqual([planned]);
  second.close();
});

test("a second opening in the same process is refused until the first is closed", () => {
  const folder = newFolder();
  const first = openStore(folder, IDENTITY);
  expect(codeOf(() => openStore(folder, IDENTITY))).toBe("VALIDATOR_JOURNAL_LOCKED");
  first.close();
  openStore(folder, IDENTITY).close();
});

test("of ten processes that open one journal at once exactly one wins", async () => {
  const folder = newFolder();
  const script = new URL("../testing/open-and-wait.ts", import.meta.url).pathname;
  const starters = Array.from({ length: 10 }, () => spawn(process.execPath, [script, folder]));
  const answers = await Promise.all(starters.map(firstLine));
  starters.forEach(({ stdin }) => stdin.end());
  await Promise.all(starters.map(hasEnded));
  expect(answers.toSorted()).toEqual([...Array(9).fill("VALIDATOR_JOURNAL_LOCKED"), "opened"]);
}, 300_000);

/** A process that may write no file, whoever runs it. */
const UNWRITING = ["-c", "trap '' XFSZ; ulimit -f 0; exec \"$@\"", "bash", process.execPath];

test("a journal that can only be read is refused at the start, not when something is to be signed", async () => {
  const folder = newFolder();
  openStore(folder, IDENTITY).close();
  const script = new URL("../testing/open-and-wait.ts", import.meta.url).pathname;
  const starter = spawn("bash", [...UNWRITING, script, folder]);
  const answer = await firstLine(starter);
  starter.stdin.end();
  await hasEnded(starter);
  expect(answer).toBe("VALIDATOR_JOURNAL_UNWRITABLE");
  openStore(folder, IDENTITY).close();
}, 300_000);

async function firstLine({ stdout }: ChildProcessWithoutNullStreams): Promise<string> {
  for await (const line of createInterface(stdout)) return line;
  return "no answer";
}

async function hasEnded(child: ChildProcessWithoutNullStreams): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}

test("a journal of another hotkey or another chain is refused", () => {
  const folder = newFolder();
  openStore(folder, IDENTITY).close();
  const other = { ...IDENTITY, hotkey: HOTKEY.replace("5G", "5H") };
  expect(codeOf(() => openStore(folder, other))).toBe("VALIDATOR_JOURNAL_FOREIGN");
  const elsewhere = { ...IDENTITY, genesis: `0x${"cd".repeat(32)}` };
  expect(codeOf(() => openStore(folder, elsewhere))).toBe("VALIDATOR_JOURNAL_FOREIGN");
});

test("a journal that existed and is gone or empty is refused", () => {
  const folder = newFolder();
  openStore(folder, IDENTITY).close();
  truncateSync(join(folder, "journal.sqlite"));
  expect(codeOf(() => openStore(folder, IDENTITY))).toBe("VALIDATOR_JOURNAL_GONE");
  rmSync(join(folder, "journal.sqlite"));
  expect(codeOf(() => openStore(folder, IDENTITY))).toBe("VALIDATOR_JOURNAL_GONE");
});

test("a lost marker is written again", () => {
  const folder = newFolder();
  openStore(folder, IDENTITY).close();
  rmSync(join(folder, "journal.sqlite.marker"));
  openStore(folder, IDENTITY).close();
  rmSync(join(folder, "journal.sqlite"));
  expect(codeOf(() => openStore(folder, IDENTITY))).toBe("VALIDATOR_JOURNAL_GONE");
});

test("a file that is no database, or half of one, is refused", () => {
  const folder = newFolder();
  const path = join(folder, "journal.sqlite");
  writeFileSync(path, "not a database ".repeat(500));
  expect(codeOf(() => openStore(folder, IDENTITY))).toBe("VALIDATOR_JOURNAL_DAMAGED");
  rmSync(path);
  openStore(folder, IDENTITY).close();
  truncateSync(path, readFileSync(path).length - 4096);
  expect(codeOf(() => openStore(folder, IDENTITY))).toBe("VALIDATOR_JOURNAL_DAMAGED");
});

test("one changed bit in a record is refused", () => {
  const folder = newFolder();
  const path = join(folder, "journal.sqlite");
  const store = openStore(folder, IDENTITY);
  planIntent(store.db, anIntentPlan({ vectorHash: "5a".repeat(32) }));
  store.close();
  const bytes = readFileSync(path);
  const at = bytes.indexOf("5a5a5a");
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  writeFileSync(path, bytes);
  expect(codeOf(() => openStore(folder, IDENTITY))).toBe("VALIDATOR_JOURNAL_DAMAGED");
});

test("a journal of a newer version is refused", () => {
  const folder = newFolder();
  openStore(folder, IDENTITY).close();
  const db = new DatabaseSync(join(folder, "journal.sqlite"));
  db.exec("pragma user_version = 99");
  db.close();
  expect(codeOf(() => openStore(folder, IDENTITY))).toBe("VALIDATOR_JOURNAL_NEWER");
});

test("a folder that cannot be made is refused in words", () => {
  const folder = newFolder();
  const path = join(folder, "file");
  writeFileSync(path, "");
  expect(codeOf(() => openStore(join(path, "home"), IDENTITY))).toBe("VALIDATOR_JOURNAL_UNWRITABLE");
});
