import { expect, test } from "vitest";
import { refusalOf } from "../test/refusal.ts";
import { plainMean, trimmedByHead, winsorisedByHead } from "./aggregates.ts";
import { leaderTakesAll } from "./mechanisms/leader-takes-all.ts";
import { proportional } from "./mechanisms/proportional.ts";
import { simulate } from "./simulate.ts";
import { honestMiner } from "./strategies/honest-miner.ts";
import { honestValidator } from "./strategies/honest-validator.ts";
import { lazyValidator } from "./strategies/lazy-validator.ts";
import { samplingNoise } from "./strategies/measuring.ts";
import { submissionCopier } from "./strategies/submission-copier.ts";
import { weightCopier } from "./strategies/weight-copier.ts";
import { honestMiners, miner, subnetConfig, validator } from "./test/subnets.ts";
import type { Shares } from "./types.ts";

test.each<[string, () => unknown]>([
  ["a quality above 1", () => honestMiner({ quality: 1.5 })],
  ["a quality that is no number", () => honestMiner({ quality: Number.NaN })],
  ["an infinite improvement", () => honestMiner({ quality: 0.5, improvement: Number.POSITIVE_INFINITY })],
  ["negative drift", () => honestMiner({ quality: 0.5, drift: -0.1 })],
  ["negative noise", () => honestValidator({ noise: -1 })],
  ["noise that is no number", () => lazyValidator({ noise: Number.NaN, everyEpochs: 2 })],
  ["measuring every zero epochs", () => lazyValidator({ noise: 0, everyEpochs: 0 })],
  ["copying the present", () => submissionCopier({ lag: 0 })],
  ["copying half an epoch ago", () => weightCopier({ lag: 0.5 })],
  ["a rate above 1", () => samplingNoise(1.1, 10)],
  ["no episodes", () => samplingNoise(0.5, 0)],
  ["a power of 0", () => proportional({ power: 0 })],
  ["a margin that is no number", () => leaderTakesAll({ aggregate: plainMean, margin: Number.NaN })],
  ["tails that are everything", () => trimmedByHead(0.5)],
  ["a negative tail", () => winsorisedByHead(-0.1)],
])("refuses %s", (_name, act) => {
  expect(refusalOf(act)).toBe("CORE_OUT_OF_RANGE");
});

/** A subnet with one validator that sets these shares. */
function setting(shares: Shares): () => unknown {
  const strategy = { name: "own", start: () => ({ report: () => null, weigh: () => shares }) };
  return () =>
    simulate(
      subnetConfig({
        validators: [validator("own", { stake: 1, strategy })],
        miners: honestMiners(2),
        epochs: 1,
      }),
    );
}

test.each([
  ["no numbers", [Number.NaN, 1]],
  ["infinite", [Number.POSITIVE_INFINITY, 1]],
  ["negative", [-0.5, 1]],
  ["more than everything", [0.75, 0.5]],
])("refuses shares of one's own strategy that are %s", (_name, shares) => {
  expect(refusalOf(setting(Float64Array.from(shares)))).toBe("CORE_OUT_OF_RANGE");
});

test("takes shares of one's own strategy that are fine", () => {
  expect(refusalOf(setting(Float64Array.of(0.25, 0.5)))).toBe(undefined);
});

test("refuses an artefact of one's own strategy whose quality is no number", () => {
  const strategy = { name: "own", start: () => () => ({ content: "x", quality: Number.NaN }) };
  expect(refusalOf(() => simulate(subnetConfig({ miners: [miner("own", strategy)] })))).toBe(
    "CORE_OUT_OF_RANGE",
  );
});
