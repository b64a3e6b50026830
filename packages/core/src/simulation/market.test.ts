import { expect, test } from "vitest";
import { marketOf } from "./market.ts";
import { honestMiner } from "./strategies/honest-miner.ts";
import { miner, subnetConfig } from "./test/subnets.ts";
import type { Market, MinerStrategy } from "./types.ts";

/** A miner that keeps what it was shown. */
function observer(seen: (string | undefined)[][]): MinerStrategy {
  const look = ({ best }: Market) => [best(1)?.content, best(2)?.content];
  return {
    name: "observer",
    start: () => (market) => {
      seen.push(look(market));
      return { content: "observer", quality: 0 };
    },
  };
}

test("miners see the best artefact of earlier epochs, never of their own", () => {
  const seen: (string | undefined)[][] = [];
  const rising = honestMiner({ quality: 0.2, improvement: 0.1 });
  const miners = [
    miner("still", honestMiner({ quality: 0.25 })),
    miner("rising", rising),
    miner("eye", observer(seen)),
  ];
  const next = marketOf(subnetConfig({ miners }));
  for (const epoch of [0, 1, 2]) next(epoch);
  expect(seen).toEqual([
    [undefined, undefined],
    ["still@0", undefined],
    ["rising@1", "still@0"],
  ]);
});

test("an artefact keeps its bytes while its quality stays", () => {
  const next = marketOf(subnetConfig({ miners: [miner("still", honestMiner({ quality: 0.5 }))] }));
  expect(next(1)[0]).toBe(next(0)[0]);
});

test("drift is seeded", () => {
  const drifting = (seed: number) => {
    const next = marketOf(
      subnetConfig({ seed, miners: [miner("a", honestMiner({ quality: 0.5, drift: 0.1 }))] }),
    );
    return [0, 1, 2, 3].map((epoch) => next(epoch)[0]?.quality);
  };
  expect(drifting(1)).toEqual(drifting(1));
  expect(drifting(1)).not.toEqual(drifting(2));
  expect(drifting(1)[0]).toBe(0.5);
});
