import { expect, test } from "vitest";
import { leadershipTally } from "./leadership.ts";

/** Leads after epochs of [standing, qualities]. */
function lead(...epochs: readonly (readonly [readonly number[] | null, readonly number[]])[]) {
  const tally = leadershipTally();
  for (const [standing, qualities] of epochs) tally.add(standing, Float64Array.from(qualities));
  return tally.result();
}

test("who has most leads; of equals who led, else who is listed first", () => {
  const { leaders } = lead(
    [
      [1, 2, 2],
      [0, 0, 0],
    ],
    [
      [2, 2, 2],
      [0, 0, 0],
    ],
    [
      [3, 2, 2],
      [0, 0, 0],
    ],
  );
  expect(leaders).toEqual([1, 1, 0]);
});

test("nobody leads while nobody has anything", () => {
  expect(
    lead([
      [0, 0],
      [1, 1],
    ]),
  ).toEqual({ leaders: [null], takeovers: 0, takeoverRate: 0, misledRate: 0 });
});

test("an unknown standing keeps the leader", () => {
  expect(
    lead(
      [
        [0, 1],
        [1, 1],
      ],
      [null, [1, 1]],
    ).leaders,
  ).toEqual([1, 1]);
});

test("a takeover is a lead that goes to somebody not better", () => {
  const worse = lead(
    [
      [1, 0],
      [0.7, 0.6],
    ],
    [
      [0, 1],
      [0.7, 0.6],
    ],
  );
  expect([worse.takeovers, worse.takeoverRate, worse.misledRate]).toEqual([1, 0.5, 0.5]);
  const equal = lead(
    [
      [1, 0],
      [0.7, 0.7],
    ],
    [
      [0, 1],
      [0.7, 0.7],
    ],
  );
  expect([equal.takeovers, equal.misledRate]).toEqual([1, 0]);
  const better = lead(
    [
      [1, 0],
      [0.6, 0.7],
    ],
    [
      [0, 1],
      [0.6, 0.7],
    ],
  );
  expect([better.takeovers, better.misledRate]).toEqual([0, 0.5]);
});

test("taking over from a miner that may no longer compete is no takeover", () => {
  const gone = lead(
    [
      [1, 0],
      [0.9, 0.5],
    ],
    [
      [0, 1],
      [Number.NaN, 0.5],
    ],
  );
  expect([gone.leaders, gone.takeovers, gone.misledRate]).toEqual([[0, 1], 0, 0]);
});

test("a leader that may no longer compete misleads", () => {
  expect(
    lead([
      [1, 0],
      [Number.NaN, 0.5],
    ]).misledRate,
  ).toBe(1);
});
