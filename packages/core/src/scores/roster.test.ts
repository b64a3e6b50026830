import { expect, test } from "vitest";
import { impartialRoster } from "./roster.ts";

const roster = [
  { hotkey: "v1", coldkey: "alice" },
  { hotkey: "v2", coldkey: "bob" },
  { hotkey: "v3", coldkey: "alice" },
];

test("validators that share the miner's coldkey do not judge it", () => {
  expect(impartialRoster(roster, "alice").map(({ hotkey }) => hotkey)).toEqual(["v2"]);
});

test("everybody judges a stranger", () => {
  expect(impartialRoster(roster, "carol")).toEqual(roster);
});
