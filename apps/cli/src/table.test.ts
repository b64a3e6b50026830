import { expect, test } from "vitest";
import { plainTable } from "./table.ts";

const WHY = "The success rate is 9.5 %, but at least 50 % is required, and that over 200 episodes.";
const HEAD = ["miner", "why", "rate"];
const ROWS = [
  ["5HbDj6…xawg", WHY, "9.5 %"],
  ["5G9tfK…ivig", "–", "97.0 %"],
];
const lines = (text: string) => text.split("\n");
const longest = (text: string) => Math.max(...lines(text).map((line) => line.length));

test("a row is one line for whoever is no terminal", () => {
  expect(lines(plainTable(HEAD, ROWS, undefined))).toHaveLength(6);
});

test("a narrow terminal gets the widest column broken between words, a wide one does not", () => {
  const narrow = plainTable(HEAD, ROWS, 80);
  expect(longest(narrow)).toBe(80);
  expect(narrow).toContain("episodes.");
  expect(plainTable(HEAD, ROWS, 200)).toBe(plainTable(HEAD, ROWS, undefined));
});

test("what no breaking makes fit is left as it is", () => {
  expect(plainTable(HEAD, ROWS, 40)).toBe(plainTable(HEAD, ROWS, undefined));
});

test("figures stand to the right", () => {
  expect(plainTable(HEAD, ROWS, undefined)).toMatch(/│ {2}9\.5 % │\n│.*│ 97\.0 % │/);
});
