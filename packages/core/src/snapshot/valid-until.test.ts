import { expect, test } from "vitest";
import { validUntil } from "./valid-until.ts";

test.each([
  [{ block: 1000, tempo: 360, revealPeriodEpochs: 0 }, 8_200],
  [{ block: 1000, tempo: 360, revealPeriodEpochs: 1 }, 8_200],
  [{ block: 1000, tempo: 360, revealPeriodEpochs: 6 }, 8_560],
  [{ block: 1000, tempo: 50_400, revealPeriodEpochs: 1 }, 303_400],
  [{ block: 0, tempo: 40, revealPeriodEpochs: 0 }, 7_200],
])("%o is good until %i", (at, block) => {
  expect(validUntil(at)).toBe(block);
});
