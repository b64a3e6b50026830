import fc from "fast-check";
import { expect, test } from "vitest";
import { sendBlock } from "./send-block.ts";

const GENESIS = `0x${"ab".repeat(32)}`;
const at = (hotkey: string, tempo: number, lastEpochBlock = 1000) =>
  sendBlock({
    lastEpochBlock,
    nextEpochStart: lastEpochBlock + tempo,
    genesis: GENESIS,
    netuid: 7,
    mechid: 0,
    hotkey,
  });
const many = Array.from({ length: 256 }, (_, index) => `5Validator${index}`);

test.each([
  [40, 30, 34],
  [360, 270, 314],
  [50_400, 37_800, 44_099],
])("with tempo %i validators send from %i to %i blocks into the epoch", (tempo, first, last) => {
  const blocks = many.map((hotkey) => at(hotkey, tempo) - 1000);
  expect(Math.min(...blocks)).toBeGreaterThanOrEqual(first);
  expect(Math.max(...blocks)).toBeLessThanOrEqual(last);
});

test("256 validators spread over all blocks of the window", () => {
  const counts = Map.groupBy(many, (hotkey) => at(hotkey, 40));
  expect(counts.size).toBe(5);
  for (const hotkeys of counts.values()) expect(hotkeys.length).toBeGreaterThan(25);
  expect(new Set(many.map((hotkey) => at(hotkey, 360))).size).toBeGreaterThan(40);
});

test("a validator's gap is one tempo", () => {
  expect(at("5Alice", 360, 1360) - at("5Alice", 360, 1000)).toBe(360);
});

test("chain, subnet and mechanism give a validator different jitters", () => {
  const slot = {
    lastEpochBlock: 0,
    nextEpochStart: 50_400,
    genesis: GENESIS,
    netuid: 7,
    mechid: 0,
    hotkey: "5A",
  };
  const changes = [{}, { netuid: 8 }, { mechid: 1 }, { genesis: "0x00" }, { hotkey: "5B" }];
  expect(new Set(changes.map((change) => sendBlock({ ...slot, ...change }))).size).toBe(changes.length);
});

test("an epoch asked for early moves the send block with it", () => {
  const slot = { lastEpochBlock: 1000, genesis: GENESIS, netuid: 7, mechid: 0, hotkey: "5A" };
  const block = sendBlock({ ...slot, nextEpochStart: 1080 });
  expect(block).toBeGreaterThanOrEqual(1060);
  expect(block).toBeLessThan(1070);
});

test("the block always lies within the epoch, and its last eighth stays free", () => {
  const epoch = fc.record({
    start: fc.nat({ max: 10_000_000 }),
    length: fc.integer({ min: 1, max: 50_400 }),
  });
  fc.assert(
    fc.property(epoch, fc.string(), ({ start, length }, hotkey) => {
      const block = at(hotkey, length, start);
      expect(block).toBeGreaterThanOrEqual(start + Math.floor((3 * length) / 4));
      expect(block).toBeLessThan(start + length);
      expect(start + length - block).toBeGreaterThan(length / 8);
    }),
  );
});

test("an overdue epoch asks to send at once", () => {
  const slot = { lastEpochBlock: 1000, genesis: GENESIS, netuid: 7, mechid: 0, hotkey: "5A" };
  expect(sendBlock({ ...slot, nextEpochStart: 1000 })).toBe(1000);
  expect(sendBlock({ ...slot, nextEpochStart: 900 })).toBe(1000);
});
