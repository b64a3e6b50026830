import type { EpochState } from "@assay/chain";
import { expect, test } from "vitest";
import { isTimeToSend } from "./time.ts";

const at = { block: 0, hash: "0x" };
const who = { genesis: `0x${"ab".repeat(32)}`, netuid: 1, mechid: 0, hotkey: "5Gr" };
const EPOCH: EpochState = {
  at,
  tempo: 360,
  epochIndex: 3,
  lastEpochBlock: 1_080,
  pendingEpochAt: 0,
  blocksSinceLastStep: 0,
  nextEpochStart: 1_440,
};

const isTime = (epoch: EpochState, finalised: number, best = finalised + 3) =>
  isTimeToSend(epoch, { finalised: { ...at, block: finalised }, best: { ...at, block: best }, who });

test("weights are sent from a block in the last quarter until inclusion could miss the epoch", () => {
  const blocks = Array.from({ length: 361 }, (_, index) => 1_080 + index).filter((block) =>
    isTime(EPOCH, block),
  );
  expect(blocks[0]).toBeGreaterThanOrEqual(1_350);
  expect(blocks[0]).toBeLessThanOrEqual(1_394);
  expect(blocks.at(-1)).toBe(1_434);
  expect(blocks).toHaveLength(1_434 - (blocks[0] ?? 0) + 1);
});

test("an epoch the owner asked for early is sent for early", () => {
  const soon = { ...EPOCH, pendingEpochAt: 1_180, nextEpochStart: 1_180 };
  expect(isTime(soon, 1_170)).toBe(true);
  expect(isTime(EPOCH, 1_170)).toBe(false);
});

test("a subnet without epochs, or whose epoch is overdue, gets nothing", () => {
  expect(isTime({ ...EPOCH, tempo: 0, nextEpochStart: null }, 1_400)).toBe(false);
  expect(isTime({ ...EPOCH, nextEpochStart: 1_300 }, 1_400)).toBe(false);
});
