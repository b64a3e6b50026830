import { expect, test } from "vitest";
import { type Game, play } from "./play.ts";

/** 75 epochs of validators each; together 300 in the four ways a subnet may begin and be played. */
const GAMES: readonly Game[] = [
  { seed: "weights in the open", isSealed: false, epochs: 15, validators: 5 },
  { seed: "weights in the open again", isSealed: false, epochs: 15, validators: 5 },
  { seed: "sealed weights", isSealed: true, epochs: 15, validators: 5 },
  { seed: "sealed weights again", isSealed: true, epochs: 15, validators: 5 },
];

test.each(GAMES)("the invariants hold after every block: $seed", { timeout: 600_000 }, async (game) => {
  const { sets, lives, faults } = await play(game);
  expect(sets).toBeGreaterThan(game.epochs);
  expect(lives).toBeGreaterThan(game.validators);
  expect(Object.keys(faults).length).toBeGreaterThan(12);
});
