import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readCommandLine } from "../command-line.ts";
import { journalFolder, openStore } from "../store/open.ts";
import { acknowledgeResult, queueResult } from "../store/results.ts";
import { receiptFor } from "../testing/board.ts";
import { IDENTITY } from "../testing/journal-rows.ts";
import { performOffline } from "./offline.ts";

const home = mkdtempSync(join(tmpdir(), "assay-receipts-"));
afterAll(() => rmSync(home, { recursive: true }));

async function printed(): Promise<string[]> {
  const hotkeyFile = join(home, "hotkey");
  writeFileSync(hotkeyFile, "//Bob//hotkey", { mode: 0o600 });
  const lines: string[] = [];
  const line = readCommandLine(["receipts", `--home=${home}`, `--hotkey-file=${hotkeyFile}`]);
  const { signal } = new AbortController();
  expect(await performOffline(line, { signal, write: (text) => lines.push(text) })).toBe(0);
  return lines;
}

test("receipts are printed in the order they were given, one in a line, and only while nobody runs", async () => {
  const store = openStore(journalFolder({ home }), IDENTITY);
  const given = ["b", "a"].map((jobId) => ({ jobId, attempt: 1, receipt: receiptFor({ body: jobId }) }));
  for (const { jobId, attempt, receipt } of given) {
    const signed = { body: jobId, signature: `0x${"00".repeat(64)}` };
    queueResult(store.db, { jobId, attempt, signed });
    acknowledgeResult(store.db, { jobId, attempt }, receipt);
  }
  await expect(printed()).rejects.toMatchObject({ code: "VALIDATOR_JOURNAL_LOCKED" });
  store.close();
  const lines = await printed();
  expect(lines.every((text) => text.endsWith("\n"))).toBe(true);
  expect(lines.map((text) => JSON.parse(text))).toEqual(given);
});
