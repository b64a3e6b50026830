import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { HOTKEY, IDENTITY } from "../testing/journal-rows.ts";
import { readStatusFile, removeStatusFile, writeStatusFile } from "./file.ts";
import { renderStatus } from "./render.ts";
import type { Status } from "./status.ts";

const STATUS: Status = {
  ...IDENTITY,
  version: "0.1.0",
  pid: 1,
  netuid: 2,
  mechid: 0,
  duties: ["weights"],
  block: 1_000,
  isChainUp: true,
  isBackendUp: false,
  epoch: { index: 7, tempo: 360, nextBlock: 1_100 },
  snapshot: { version: 4, block: 900, validUntil: 990 },
  lastSet: { block: 700, epochIndex: 6, snapshotVersion: 3, state: "revealed" },
  hold: { code: "VALIDATOR_SNAPSHOT_EXPIRED", reason: "too old" },
  isPaused: false,
  backlog: 0,
  evaluators: 2,
};
const AT = "2026-01-01T00:00:00.000Z";
const render = (about: Partial<Status> = {}, isRunning = true, laterMs = 0) =>
  renderStatus(
    { writtenAt: AT, status: { ...STATUS, ...about } },
    { nowMs: Date.parse(AT) + laterMs, isRunning },
  );

test("a status tells the time to the next epoch, the last set and what is wrong", () => {
  const text = render();
  expect(text).toContain(HOTKEY);
  expect(text).toMatch(/evaluators +2 of other hosts/);
  expect(text).toMatch(/next epoch +epoch 8 in 100 blocks, about 20 min/);
  expect(text).toMatch(/last set +block 700 \(300 blocks ago\), epoch 6, snapshot 3, revealed/);
  expect(text).toMatch(/snapshot +version 4, EXPIRED 10 blocks ago/);
  expect(text).toMatch(/weights +HELD VALIDATOR_SNAPSHOT_EXPIRED: too old/);
  expect(text).toMatch(/backend +DOWN/);
});

test("a fresh validator has nothing to tell yet", () => {
  const text = render({ block: null, epoch: null, snapshot: null, lastSet: null, hold: null });
  expect(text).toMatch(/next epoch +unknown/);
  expect(text).toMatch(/last set +never/);
  expect(text).toMatch(/weights +in order/);
});

test("one that stopped, or fell silent, is not said to run", () => {
  expect(render({}, false)).toContain("not running");
  expect(render({}, true, 300_000)).toContain("silent for 300 s");
  expect(render({ hold: null, isPaused: true })).toContain("PAUSED");
});

test("a status file is read back whole, and a broken one is none", () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-status-"));
  expect(readStatusFile(folder)).toBeUndefined();
  writeStatusFile(folder, { writtenAt: AT, status: STATUS });
  expect(readStatusFile(folder)).toEqual({ writtenAt: AT, status: STATUS });
  writeFileSync(join(folder, "status.json"), "{");
  expect(readStatusFile(folder)).toBeUndefined();
  removeStatusFile(folder);
  removeStatusFile(folder);
  rmSync(folder, { recursive: true });
});
