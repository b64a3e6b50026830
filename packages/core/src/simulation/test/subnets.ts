import { proportional } from "../mechanisms/proportional.ts";
import { honestMiner } from "../strategies/honest-miner.ts";
import { honestValidator } from "../strategies/honest-validator.ts";
import type {
  MinerStrategy,
  SimulatedMiner,
  SimulatedValidator,
  SimulationConfig,
  ValidatorStrategy,
} from "../types.ts";

const ALPHA = 1_000_000_000n;

/** A miner with a coldkey of its own. */
export function miner(hotkey: string, strategy: MinerStrategy): SimulatedMiner {
  return { hotkey, coldkey: `${hotkey}-cold`, strategy };
}

/** A validator with a coldkey of its own; stake in whole alpha. */
export function validator(
  hotkey: string,
  { stake, strategy }: { stake: number; strategy: ValidatorStrategy },
): SimulatedValidator {
  return { hotkey, coldkey: `${hotkey}-cold`, stakeRao: BigInt(stake) * ALPHA, strategy };
}

/** Honest validators of equal stake. */
export function honestValidators(count: number, noise = 0.01): SimulatedValidator[] {
  return Array.from({ length: count }, (_, k) =>
    validator(`honest-${k}`, { stake: 1_000, strategy: honestValidator({ noise }) }),
  );
}

/** Honest miners with qualities evenly between 0.3 and 0.8, the best one first. */
export function honestMiners(
  count: number,
  work: { drift?: number; improvement?: number } = {},
): SimulatedMiner[] {
  return Array.from({ length: count }, (_, k) =>
    miner(`miner-${k}`, honestMiner({ quality: 0.8 - (0.5 * k) / count, ...work })),
  );
}

/** Four honest validators, six honest miners, forty epochs, every validator for itself. */
export function subnetConfig(changes: Partial<SimulationConfig> = {}): SimulationConfig {
  return {
    seed: 7,
    epochs: 40,
    mechanism: proportional({ power: 2 }),
    validators: honestValidators(4),
    miners: honestMiners(6),
    ...changes,
  };
}
