import { createRequire } from "node:module";
import { test } from "vitest";
import type { SimulationConfig } from "./types.ts";

const EPOCHS = 1_000;
const VALIDATORS = 64;
const UIDS = 256;
const ALPHA = 1_000_000_000n;

/**
 * The simulator as Node itself loads it: through vitest's module runner every import is a getter, which would be
 * measured too. `require` has no types of its own, hence the cast.
 */
function load<Module>(file: string): Module {
  return createRequire(import.meta.url)(file) as Module;
}

const { simulate } = load<typeof import("./simulate.ts")>("./simulate.ts");
const { proportional } = load<typeof import("./mechanisms/proportional.ts")>("./mechanisms/proportional.ts");
const { honestMiner } = load<typeof import("./strategies/honest-miner.ts")>("./strategies/honest-miner.ts");
const { honestValidator } = load<typeof import("./strategies/honest-validator.ts")>(
  "./strategies/honest-validator.ts",
);

/** 256 uids, 64 of them validators that weigh all others: every row is dense and every validator's own. */
const dense: SimulationConfig = {
  seed: 1,
  epochs: EPOCHS,
  mechanism: proportional({ power: 2 }),
  validators: Array.from({ length: VALIDATORS }, (_, k) => ({
    hotkey: `validator-${k}`,
    coldkey: `validator-cold-${k}`,
    stakeRao: BigInt(1_000 + 37 * k) * ALPHA,
    strategy: honestValidator({ noise: 0.05 }),
  })),
  miners: Array.from({ length: UIDS - VALIDATORS - 1 }, (_, k) => ({
    hotkey: `miner-${k}`,
    coldkey: `miner-cold-${k}`,
    strategy: honestMiner({ quality: 0.3 + (0.5 * k) / UIDS, drift: 0.005 }),
  })),
};

const { cappedMedian } = load<typeof import("./aggregates.ts")>("./aggregates.ts");
const { leaderTakesAll } = load<typeof import("./mechanisms/leader-takes-all.ts")>(
  "./mechanisms/leader-takes-all.ts",
);
/** The same people, whose 12,224 scores an epoch the backend aggregates. */
const decided: SimulationConfig = {
  ...dense,
  mechanism: leaderTakesAll({ aggregate: cappedMedian, margin: 0.02 }),
};

for (const [name, config] of [
  ["dense rows, decided by validators", dense],
  ["one leader, decided by the backend", decided],
] as const) {
  test(`simulation, 1,000 epochs of 64 x 256, ${name}`, async ({ bench }) => {
    const title = `simulate: 1,000 epochs, 64 validators, 256 uids; ${name}`;
    const options = { iterations: 3, time: 0, warmupIterations: 1, warmupTime: 0 };
    const result = await bench(title, () => simulate(config).paid.takeovers).run(options);
    console.info(`median ${(result.latency.p50 / 1_000).toFixed(2)} s  ${title}`);
  });
}
