import type { EpochOutput, SparseRow } from "../consensus/types.ts";

/** A whole number of JSON: a number below 2^53, a decimal string from there on. */
export type WholeJson = number | string;

/** An epoch's output as JSON, in snake_case; `log_errors` only if there are any. */
export type EpochOutputJson = {
  active: readonly boolean[];
  stake_weight: readonly number[];
  validator_permit: readonly boolean[];
  consensus: readonly number[];
  incentive: readonly number[];
  dividends: readonly number[];
  validator_trust: readonly number[];
  emission: readonly WholeJson[];
  server_emission: readonly WholeJson[];
  validator_emission: readonly WholeJson[];
  bonds: readonly SparseRow[];
  log_errors?: readonly string[];
};

/** The output of one epoch as `assay epoch` prints it. */
export function epochOutputToJson(output: EpochOutput): EpochOutputJson {
  return {
    active: output.active,
    stake_weight: output.stakeWeight,
    validator_permit: output.validatorPermit,
    consensus: output.consensus,
    incentive: output.incentive,
    dividends: output.dividends,
    validator_trust: output.validatorTrust,
    emission: output.emission.map(wholeJson),
    server_emission: output.serverEmission.map(wholeJson),
    validator_emission: output.validatorEmission.map(wholeJson),
    bonds: output.bonds,
    ...(output.logErrors.length > 0 && { log_errors: output.logErrors }),
  };
}

function wholeJson(value: bigint): WholeJson {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value.toString();
}
