import { expect, test } from "vitest";
import { killEverywhere } from "./kill-points.ts";
import { type Game, play } from "./play.ts";

const minutes = Number(process.env["ASSAY_LONG_MINUTES"] ?? 1);
const MINUTE_MS = 60_000;
/** What is left of the time when the last game begins must be enough for it. */
const LONGEST_GAME_MS = 3 * MINUTE_MS;

test("the invariants hold over seeds for as long as asked", {
  timeout: minutes * MINUTE_MS + LONGEST_GAME_MS,
}, async () => {
  const first = Number(process.env["ASSAY_LONG_SEED"] ?? Math.floor(performance.timeOrigin) % 2 ** 31);
  console.info(`seeds from ${first} (ASSAY_LONG_SEED repeats them)`);
  const counts = { games: 0, epochs: 0, validatorEpochs: 0, sets: 0, lives: 0 };
  for (const game of games(first)) {
    const score = await play(game);
    counts.games += 1;
    for (const name of ["epochs", "validatorEpochs", "sets", "lives"] as const) counts[name] += score[name];
  }
  console.info(`all invariants held: ${JSON.stringify(counts)}`);
  expect(counts.games).toBeGreaterThan(0);
});

test.each([{ isSealed: false }, { isSealed: true }])(
  "a death at any step of sending: %o",
  {
    timeout: 10 * MINUTE_MS,
  },
  async ({ isSealed }) => {
    const { deaths, missed } = await killEverywhere({ isSealed, stride: 1, validators: 12 });
    console.info(`${deaths.length} kill points`);
    expect(missed).toEqual([]);
    expect(deaths).toEqual(deaths.map((_, index) => index + 1));
  },
);

/** Games by turns in the open and sealed, until the time is over. */
function* games(first: number): Generator<Game> {
  const end = performance.now() + minutes * MINUTE_MS;
  for (let seed = first; performance.now() < end; seed += 1)
    yield { seed: String(seed), isSealed: seed % 2 === 1, epochs: 20, validators: 5 };
}
