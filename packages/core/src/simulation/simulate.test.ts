import fc from "fast-check";
import { expect, test } from "vitest";
import { refusalOf } from "../test/refusal.ts";
import { cappedMedian } from "./aggregates.ts";
import { leaderTakesAll } from "./mechanisms/leader-takes-all.ts";
import { proportional } from "./mechanisms/proportional.ts";
import { simulate } from "./simulate.ts";
import { honestMiner } from "./strategies/honest-miner.ts";
import { silentValidator } from "./strategies/silent-validator.ts";
import { honestMiners, honestValidators, miner, subnetConfig, validator } from "./test/subnets.ts";
import type { SimulatedMechanism } from "./types.ts";

const backend = leaderTakesAll({ aggregate: cappedMedian, margin: 0.02 });

test("equal configurations give equal results, another seed another one", () => {
  const config = subnetConfig({ miners: honestMiners(6, { drift: 0.02 }) });
  expect(simulate(config)).toEqual(simulate(config));
  expect(simulate({ ...config, seed: 8 })).not.toEqual(simulate(config));
});

test("a participant's randomness does not depend on who else takes part", () => {
  const drifting = honestMiners(3, { drift: 0.02 });
  const qualities = (validators: number) =>
    simulate(subnetConfig({ miners: drifting, validators: honestValidators(validators) })).miners.map(
      ({ quality }) => quality,
    );
  expect(qualities(2)).toEqual(qualities(5));
});

test("a mechanism that remembers starts anew in every run", () => {
  const config = subnetConfig({ mechanism: backend, miners: honestMiners(4, { drift: 0.1 }) });
  expect(simulate(config).decided).toEqual(simulate(config).decided);
});

test("the chain pays at most its emission, and shares sum to one", () => {
  const unit = fc.double({ min: 0, max: 0.5, noNaN: true });
  const mechanism = fc.constantFrom<SimulatedMechanism>(proportional({ power: 3 }), backend);
  fc.assert(
    fc.property(fc.nat(), unit, mechanism, fc.nat({ max: 3 }), (seed, noise, decides, revealEpochs) => {
      const validators = honestValidators(3, noise);
      const result = simulate(
        subnetConfig({ seed, epochs: 8, mechanism: decides, validators, revealEpochs }),
      );
      const everybody = [...result.validators, ...result.miners];
      const emission = everybody.reduce((sum, { emissionRao }) => sum + emissionRao, result.burnedRao);
      expect(emission).toBeLessThanOrEqual(8n * 360_000_000_000n);
      // Each of the 10 or fewer shares is floored to 2^-32 twice.
      expect(emission).toBeGreaterThan(8n * (360_000_000_000n - 20n * 84n));
      for (const shares of [result.validators.map((v) => v.dividends), result.miners.map((m) => m.incentive)])
        expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    }),
    { numRuns: 30 },
  );
});

test("better work earns more where everybody is honest", () => {
  const { miners } = simulate(subnetConfig());
  const earned = miners.map(({ incentive }) => incentive);
  expect(earned).toEqual(earned.toSorted((a, b) => b - a));
  expect(new Set(earned).size).toBe(6);
});

test("the leader takes everything and keeps it against equals", () => {
  const twins = [miner("a", honestMiner({ quality: 0.6 })), miner("b", honestMiner({ quality: 0.6 }))];
  const { paid, decided, miners } = simulate(
    subnetConfig({ epochs: 100, mechanism: backend, validators: honestValidators(4, 0.001), miners: twins }),
  );
  expect(decided).toEqual({ leaders: Array(100).fill(0), takeovers: 0, takeoverRate: 0, misledRate: 0 });
  expect(paid).toEqual(decided);
  expect(miners.map(({ led, incentive }) => [led, incentive])).toEqual([
    [1, 1],
    [0, 0],
  ]);
});

test("an improving miner overtakes, and that counts as earned", () => {
  const miners = [
    miner("still", honestMiner({ quality: 0.5 })),
    miner("rising", honestMiner({ quality: 0.4, improvement: 0.01 })),
  ];
  const { decided } = simulate(subnetConfig({ mechanism: backend, miners }));
  expect([decided?.leaders[0], decided?.leaders.at(-1), decided?.takeovers]).toEqual([0, 1, 0]);
  expect(decided?.misledRate).toBeGreaterThan(0);
});

test("weights take effect after the reveal delay", () => {
  const delayed = simulate(subnetConfig({ epochs: 10, revealEpochs: 3 }));
  expect(delayed.paid.leaders).toEqual([null, null, null, 0, 0, 0, 0, 0, 0, 0]);
  expect(simulate(subnetConfig({ epochs: 10 })).paid.leaders).toEqual(Array(10).fill(0));
});

test("with commit-reveal a better miner is paid later by the delay", () => {
  const miners = [
    miner("still", honestMiner({ quality: 0.5 })),
    miner("rising", honestMiner({ quality: 0.3, improvement: 0.02 })),
  ];
  const paidFrom = (revealEpochs: number) =>
    simulate(
      subnetConfig({ validators: honestValidators(3, 0), mechanism: backend, miners, revealEpochs }),
    ).paid.leaders.indexOf(1);
  expect(paidFrom(4) - paidFrom(0)).toBe(4);
});

test("consensus settings reach the chain", () => {
  const bondsOf = (bondsMovingAverage: number) =>
    simulate(subnetConfig({ epochs: 3, consensus: { bondsMovingAverage } })).validators[0]?.emissionRao;
  expect(bondsOf(0)).not.toBe(bondsOf(999_000));
  const { validators, miners } = simulate(subnetConfig({ consensus: { raoEmission: 1_000n }, epochs: 1 }));
  const paid = [...validators, ...miners].reduce((sum, { emissionRao }) => sum + emissionRao, 0n);
  expect(paid).toBeLessThanOrEqual(1_000n);
});

test("nothing but burns while nobody has a score", () => {
  const worthless = [miner("a", honestMiner({ quality: 0 }))];
  const { burnedRao, paid } = simulate(
    subnetConfig({ miners: worthless, validators: honestValidators(2, 0) }),
  );
  expect(burnedRao).toBeGreaterThan(0n);
  expect(paid.leaders).toEqual(Array(40).fill(null));
});

test("a subnet on which nobody sets weights has no leader", () => {
  const silent = [validator("silent", { stake: 1, strategy: silentValidator() })];
  const { paid, miners } = simulate(subnetConfig({ validators: silent, mechanism: backend }));
  expect(paid).toEqual({ leaders: Array(40).fill(null), takeovers: 0, takeoverRate: 0, misledRate: 0 });
  expect(miners.every(({ incentive }) => incentive === 0)).toBe(true);
});

test.each([
  ["no epochs", { epochs: 0 }, "CORE_OUT_OF_RANGE"],
  ["half an epoch", { epochs: 1.5 }, "CORE_OUT_OF_RANGE"],
  ["a seed that is no number", { seed: Number.NaN }, "CORE_OUT_OF_RANGE"],
  ["a negative delay", { revealEpochs: -1 }, "CORE_OUT_OF_RANGE"],
  ["no validators", { validators: [] }, "CORE_EMPTY"],
  ["no miners", { miners: [] }, "CORE_EMPTY"],
  ["a hotkey twice", { miners: [...honestMiners(2), ...honestMiners(1)] }, "CORE_DUPLICATE"],
  ["a setting no chain has", { consensus: { kappa: 70_000 } }, "CORE_OUT_OF_RANGE"],
] as const)("refuses %s", (_name, changes, code) => {
  expect(refusalOf(() => simulate(subnetConfig(changes)))).toBe(code);
});
