import type { SimulatedMiner, SimulatedValidator } from "../types.ts";
import { favouring } from "./colluder.ts";
import { honestMiner } from "./honest-miner.ts";

/**
 * One owner with a validator and many hotkeys that mine: all run the same artefact under bytes of their own, and the
 * validator scores and weighs nobody else.
 *
 * @param owner its coldkey, from which the hotkeys are named; sybils, how many miners; quality of their work.
 */
export function selfMiner(owner: { coldkey: string; stakeRao: bigint; sybils: number; quality: number }): {
  validator: SimulatedValidator;
  miners: readonly SimulatedMiner[];
} {
  const { coldkey, stakeRao, sybils, quality } = owner;
  const strategy = favouring("self-miner", (miner) => miner.coldkey === coldkey);
  const mining = { ...honestMiner({ quality }), name: "sybil" };
  return {
    validator: { hotkey: `${coldkey}-validator`, coldkey, stakeRao, strategy },
    miners: Array.from({ length: sybils }, (_, index) => ({
      hotkey: `${coldkey}-miner-${index}`,
      coldkey,
      strategy: mining,
    })),
  };
}
