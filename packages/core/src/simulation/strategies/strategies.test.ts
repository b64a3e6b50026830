import { expect, test } from "vitest";
import { cappedMedian, plainMean } from "../aggregates.ts";
import { leaderTakesAll } from "../mechanisms/leader-takes-all.ts";
import { simulate } from "../simulate.ts";
import { honestMiners, honestValidators, miner, subnetConfig, validator } from "../test/subnets.ts";
import type { SimulationConfig } from "../types.ts";
import { colluder } from "./colluder.ts";
import { honestMiner } from "./honest-miner.ts";
import { honestValidator } from "./honest-validator.ts";
import { lazyValidator } from "./lazy-validator.ts";
import { samplingNoise } from "./measuring.ts";
import { selfMiner } from "./self-miner.ts";
import { silentValidator } from "./silent-validator.ts";
import { submissionCopier } from "./submission-copier.ts";
import { weightCopier } from "./weight-copier.ts";

const drifting = honestMiners(8, { drift: 0.05 });

function copierReturn(changes: Partial<SimulationConfig>): number {
  const copier = validator("copier", { stake: 1_000, strategy: weightCopier({ lag: 1 }) });
  const validators = [...honestValidators(5, 0.02), copier];
  const result = simulate(subnetConfig({ epochs: 300, validators, ...changes }));
  return result.validators.at(-1)?.returnOnStake ?? Number.NaN;
}

test("a weight copier earns what its stake deserves while work does not change", () => {
  expect(copierReturn({ miners: honestMiners(8) })).toBeGreaterThan(0.97);
});

test("a weight copier loses when work changes, and more the longer weights stay hidden", () => {
  const [open, hidden] = [0, 8].map((revealEpochs) => copierReturn({ miners: drifting, revealEpochs }));
  expect(open).toBeLessThan(0.995);
  expect(hidden).toBeLessThan((open ?? 0) - 0.02);
});

test("a weight copier sets nothing before there is a consensus", () => {
  const copier = validator("copier", { stake: 1, strategy: weightCopier({ lag: 1 }) });
  const { paid } = simulate(subnetConfig({ epochs: 5, validators: [copier] }));
  expect(paid.leaders).toEqual(Array(5).fill(null));
});

test.each([
  ["less than half of the stake", 4, false],
  ["more than half of the stake", 6, true],
])("a cabal with %s decides: %i of 10", (_name, members, decides) => {
  const cabal = Array.from({ length: members }, (_, k) =>
    validator(`cabal-${k}`, { stake: 1_000, strategy: colluder({ favours: ["miner-5"] }) }),
  );
  const { paid, miners } = simulate(
    subnetConfig({ validators: [...honestValidators(10 - members), ...cabal] }),
  );
  expect(paid.misledRate).toBe(decides ? 1 : 0);
  expect((miners[5]?.incentive ?? 0) > 0.5).toBe(decides);
});

test("a cabal that favours nobody present sets no weights", () => {
  const lost = validator("lost", { stake: 1_000, strategy: colluder({ favours: ["nobody"] }) });
  const { validators } = simulate(subnetConfig({ validators: [...honestValidators(3), lost] }));
  expect(validators.at(-1)).toMatchObject({ dividends: 0, validatorTrust: 0 });
});

test("a lazy validator earns less than one that measures every epoch", () => {
  const lazy = validator("lazy", { stake: 1_000, strategy: lazyValidator({ noise: 0.02, everyEpochs: 50 }) });
  const { validators } = simulate(
    subnetConfig({ epochs: 300, miners: drifting, validators: [...honestValidators(5, 0.02), lazy] }),
  );
  const [honest, last] = [validators[0]?.returnOnStake ?? 0, validators.at(-1)?.returnOnStake ?? 0];
  expect(last).toBeLessThan(honest - 0.02);
});

test("a silent validator earns nothing", () => {
  const silent = validator("silent", { stake: 1_000, strategy: silentValidator() });
  const { validators } = simulate(subnetConfig({ validators: [...honestValidators(3), silent] }));
  expect(validators.at(-1)).toMatchObject({
    strategy: "silent",
    emissionRao: 0n,
    dividends: 0,
    returnOnStake: 0,
  });
});

test("of the sybils of one coldkey only one competes", () => {
  const owner = selfMiner({ coldkey: "owner", stakeRao: 10n ** 12n, sybils: 50, quality: 0.4 });
  const config = subnetConfig({
    validators: [...honestValidators(4), owner.validator],
    miners: [...honestMiners(4), ...owner.miners],
  });
  const sybilShare = (changes: Partial<SimulationConfig>) =>
    simulate({ ...config, ...changes })
      .miners.filter(({ strategy }) => strategy === "sybil")
      .reduce((sum, { incentive }) => sum + incentive, 0);
  expect(simulate(config).miners.filter(({ admitted }) => admitted > 0)).toHaveLength(5);
  expect(sybilShare({})).toBeLessThan(0.2);
  expect(sybilShare({ admission: { siblings: true } })).toBeGreaterThan(0.7);
});

test("a self-miner's vote for its own miners is dropped by the backend", () => {
  const owner = selfMiner({ coldkey: "owner", stakeRao: 10n ** 15n, sybils: 1, quality: 0.4 });
  const { decided } = simulate(
    subnetConfig({
      mechanism: leaderTakesAll({ aggregate: plainMean, margin: 0 }),
      validators: [owner.validator, ...honestValidators(1)],
      miners: [miner("good", honestMiner({ quality: 0.45 })), ...owner.miners],
    }),
  );
  // It can still vote the others down: votes against rivals are what only medians and quorums stop.
  expect(decided?.leaders[0]).toBe(1);
  const honest = simulate(
    subnetConfig({
      mechanism: leaderTakesAll({ aggregate: cappedMedian, margin: 0 }),
      validators: [owner.validator, ...honestValidators(9)].map((v) => ({ ...v, stakeRao: 10n ** 12n })),
      miners: [miner("good", honestMiner({ quality: 0.45 })), ...owner.miners],
    }),
  );
  expect(honest.decided?.misledRate).toBe(0);
});

test("exact copies of a submission are refused, disguised ones are not", () => {
  const admitted = (disguised: boolean, copies = false) => {
    const miners = [...honestMiners(2), miner("copier", submissionCopier({ lag: 1, disguised }))];
    return simulate(subnetConfig({ miners, admission: { copies } })).miners.at(-1);
  };
  // In the first epoch there is nothing to copy, and its own worthless bytes are nobody else's.
  expect(admitted(false)?.admitted).toBe(1 / 40);
  expect(admitted(false)?.quality).toBeCloseTo((0.8 * 39) / 40, 12);
  expect(admitted(true)?.admitted).toBe(1);
  expect(admitted(false, true)?.admitted).toBe(1);
});

test("a submission copier follows an improving leader by its lag", () => {
  const miners = [
    miner("rising", honestMiner({ quality: 0.1, improvement: 0.01 })),
    miner("copier", submissionCopier({ lag: 5 })),
  ];
  const [rising, copier] = simulate(subnetConfig({ miners })).miners;
  expect(rising?.quality).toBeCloseTo(0.1 + 0.01 * 19.5, 12);
  expect(copier?.quality).toBeCloseTo((35 * (0.1 + 0.01 * 17)) / 40, 12);
});

test("qualities and measurements stay within 0 and 1", () => {
  const strategy = honestValidator({ noise: 3 });
  const miners = [miner("up", honestMiner({ quality: 0.9, improvement: 0.1 }))];
  const { quality } = simulate(
    subnetConfig({ miners, validators: [validator("wild", { stake: 1, strategy })] }),
  ).miners[0] ?? { quality: 0 };
  expect(quality).toBeLessThanOrEqual(1);
  expect(quality).toBeGreaterThan(0.99);
});

test("sampling noise is the standard error of a success rate", () => {
  expect(samplingNoise(0.5, 100)).toBe(0.05);
  expect(samplingNoise(1, 100)).toBe(0);
});
