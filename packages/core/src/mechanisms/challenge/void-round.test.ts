import { expect, test } from "vitest";
import { isVoidRound } from "./void-round.ts";

const miners = (count: number, hasAnsweredBefore: boolean, hasFailedToConnect: boolean) =>
  Array.from({ length: count }, () => ({ hasAnsweredBefore, hasFailedToConnect }));

test.each([
  [4, 4, true],
  [3, 5, false],
  [8, 0, true],
  [4, 3, false],
  [7, 0, false],
  [25, 25, true],
  [24, 25, false],
])("%i that answered before fail now and %i do not: void is %s", (failing, fine, isVoid) => {
  expect(isVoidRound([...miners(failing, true, true), ...miners(fine, true, false)])).toBe(isVoid);
});

test("miners that were silent before prove nothing, either way", () => {
  expect(isVoidRound(miners(50, false, true))).toBe(false);
  expect(
    isVoidRound([...miners(4, true, true), ...miners(4, true, false), ...miners(40, false, false)]),
  ).toBe(true);
  expect(isVoidRound([...miners(3, true, true), ...miners(5, true, false), ...miners(40, false, true)])).toBe(
    false,
  );
});

test("a round without miners is no void one", () => {
  expect(isVoidRound([])).toBe(false);
});
