import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { startAssay } from "./assay.ts";
import type { UpReport } from "./report.ts";

const home = mkdtempSync(join(tmpdir(), "assay-rejected-"));

afterAll(() => rmSync(home, { recursive: true, force: true }));

test("with every candidate rejected everything burns to the owner and the run fails", async () => {
  const flags = ["--epochs", "1", "--auto-reject", "--json", "--port", "0", "--backend-port", "0"];
  const run = startAssay(["up", ...flags], home);
  const report = JSON.parse(await run.firstLine) as UpReport;
  expect(await run.ended).toBe(1);
  expect(report.leader).toBeNull();
  expect(new Set(report.snapshots.map(({ policy }) => policy))).toEqual(new Set(["burn"]));
  const [epoch] = report.epochs;
  const owner = epoch?.uids.find(({ role }) => role === "owner")?.uid;
  for (const row of Object.values(epoch?.weights ?? {}))
    expect(row.filter(([, weight]) => weight > 0)).toEqual([[owner, 65_535]]);
  expect(Object.keys(epoch?.weights ?? {}).length).toBeGreaterThan(0);
  expect(run.progress()).toContain("rejected");
}, 400_000);
