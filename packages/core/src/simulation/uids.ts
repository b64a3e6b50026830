import type { SimulationConfig } from "./types.ts";

/** The subnet owner's hotkey, which what burns is sent to. */
export const OWNER_UID = 0;
/** Validators follow the owner, miners follow the validators, each in the order of the configuration. */
export const FIRST_VALIDATOR_UID = 1;

/** Uid of the first miner. */
export function firstMinerUid({ validators }: SimulationConfig): number {
  return FIRST_VALIDATOR_UID + validators.length;
}

/** How many uids the simulated subnet has. */
export function uidCount(config: SimulationConfig): number {
  return firstMinerUid(config) + config.miners.length;
}
