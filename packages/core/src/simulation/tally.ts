import { U16_MAX } from "../consensus/fixed.ts";
import type { EpochOutput } from "../consensus/types.ts";
import { leadershipTally } from "./leadership.ts";
import type { MinerOutcome, SimulationResult, ValidatorOutcome } from "./result.ts";
import type { Artefact, Scores, Shares, SimulationConfig } from "./types.ts";
import { FIRST_VALIDATOR_UID, firstMinerUid, OWNER_UID, uidCount } from "./uids.ts";

/** Everything one epoch adds to the result. */
export type EpochRecord = {
  readonly output: EpochOutput;
  readonly artefacts: readonly Artefact[];
  readonly qualities: Scores;
  /** Of the backend; undefined if every validator decides for itself. */
  readonly decided: Shares | null | undefined;
};

/** Sums over the epochs of a run. */
export type Tally = {
  readonly add: (record: EpochRecord) => void;
  readonly result: () => SimulationResult;
};

/** Per-uid sums, in the unit the chain gives them in, and per-miner ones. */
type Sums = {
  readonly incentive: Float64Array;
  readonly dividends: Float64Array;
  readonly trust: Float64Array;
  readonly emission: bigint[];
  readonly quality: Float64Array;
  readonly admitted: Float64Array;
  burnedRao: bigint;
  epochs: number;
};

/** An empty tally. */
export function tallyOf(config: SimulationConfig): Tally {
  const sums = noSums(config);
  const first = firstMinerUid(config);
  const [paid, decided] = [leadershipTally(), leadershipTally()];
  const isBackend = config.mechanism.decidedBy === "backend";
  return {
    add: (record) => {
      const { output, qualities } = record;
      addOutput(sums, output);
      for (const [miner, { quality }] of record.artefacts.entries()) {
        sums.quality[miner] = (sums.quality[miner] ?? 0) + quality;
        if (!Number.isNaN(qualities[miner])) sums.admitted[miner] = (sums.admitted[miner] ?? 0) + 1;
      }
      paid.add(output.incentive.slice(first), qualities);
      if (record.decided !== undefined) decided.add(record.decided, qualities);
    },
    result: () => {
      const leadership = paid.result();
      return {
        epochs: sums.epochs,
        validators: validatorResults(config, sums),
        miners: minerResults(config, { sums, leaders: leadership.leaders }),
        burnedRao: sums.burnedRao,
        paid: leadership,
        decided: isBackend ? decided.result() : null,
      };
    },
  };
}

function noSums(config: SimulationConfig): Sums {
  const n = uidCount(config);
  return {
    incentive: new Float64Array(n),
    dividends: new Float64Array(n),
    trust: new Float64Array(n),
    emission: Array.from({ length: n }, () => 0n),
    quality: new Float64Array(config.miners.length),
    admitted: new Float64Array(config.miners.length),
    burnedRao: 0n,
    epochs: 0,
  };
}

function addOutput(sums: Sums, output: EpochOutput): void {
  sums.epochs += 1;
  sums.burnedRao += output.serverEmission[OWNER_UID] ?? 0n;
  for (const [uid, rao] of output.emission.entries()) {
    sums.emission[uid] = (sums.emission[uid] ?? 0n) + rao;
    sums.incentive[uid] = (sums.incentive[uid] ?? 0) + (output.incentive[uid] ?? 0);
    sums.dividends[uid] = (sums.dividends[uid] ?? 0) + (output.dividends[uid] ?? 0);
    sums.trust[uid] = (sums.trust[uid] ?? 0) + (output.validatorTrust[uid] ?? 0);
  }
}

function validatorResults(config: SimulationConfig, sums: Sums): ValidatorOutcome[] {
  const totalStake = config.validators.reduce((sum, { stakeRao }) => sum + Number(stakeRao), 0);
  const totalDividends = total(sums.dividends);
  return config.validators.map(({ hotkey, stakeRao, strategy }, validator) => {
    const uid = FIRST_VALIDATOR_UID + validator;
    const stakeShare = ratio(Number(stakeRao), totalStake);
    const dividends = ratio(sums.dividends[uid] ?? 0, totalDividends);
    return {
      hotkey,
      strategy: strategy.name,
      stakeShare,
      emissionRao: sums.emission[uid] ?? 0n,
      dividends,
      returnOnStake: ratio(dividends, stakeShare),
      validatorTrust: (sums.trust[uid] ?? 0) / sums.epochs / U16_MAX,
    };
  });
}

function minerResults(
  config: SimulationConfig,
  { sums, leaders }: { sums: Sums; leaders: readonly (number | null)[] },
): MinerOutcome[] {
  const first = firstMinerUid(config);
  const totalIncentive = total(sums.incentive);
  const led = Map.groupBy(leaders, (leader) => leader);
  return config.miners.map(({ hotkey, strategy }, miner) => ({
    hotkey,
    strategy: strategy.name,
    emissionRao: sums.emission[first + miner] ?? 0n,
    incentive: ratio(sums.incentive[first + miner] ?? 0, totalIncentive),
    quality: (sums.quality[miner] ?? 0) / sums.epochs,
    admitted: (sums.admitted[miner] ?? 0) / sums.epochs,
    led: (led.get(miner)?.length ?? 0) / sums.epochs,
  }));
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** a / b; 0 if there is nothing to share. */
function ratio(a: number, b: number): number {
  return b === 0 ? 0 : a / b;
}
