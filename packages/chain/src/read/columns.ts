import type { Metagraph, Neuron } from "../subnet.ts";

/** The vectors of a metagraph by uid; shares are u16, 65,535 = 1. */
export type MetagraphColumns = {
  readonly hotkeys: readonly string[];
  /** S, the stake weight. */
  readonly stake: readonly number[];
  /** C. */
  readonly consensus: readonly number[];
  /** I. */
  readonly incentive: readonly number[];
  /** D. */
  readonly dividends: readonly number[];
  /** Tv. */
  readonly validatorTrust: readonly number[];
  /** Rao per epoch. */
  readonly emissionRao: readonly bigint[];
};

/** A metagraph by columns, as formulas read it; its weights W are `weights` of the same block. */
export function metagraphColumns({ neurons }: Metagraph): MetagraphColumns {
  return {
    hotkeys: neurons.map(({ hotkey }) => hotkey),
    stake: neurons.map(({ stakeWeight }) => stakeWeight),
    consensus: neurons.map(({ consensus }) => consensus),
    incentive: neurons.map(({ incentive }) => incentive),
    dividends: neurons.map(({ dividends }) => dividends),
    validatorTrust: neurons.map(({ validatorTrust }) => validatorTrust),
    emissionRao: neurons.map(({ emissionRao }) => emissionRao),
  };
}

/** The neuron of a hotkey, undefined if it is not registered. */
export function neuronOf({ neurons }: Metagraph, hotkey: string): Neuron | undefined {
  return neurons.find((neuron) => neuron.hotkey === hotkey);
}
