import type { StorageItem } from "../metadata/pallet.ts";
import { subtensor } from "../runtime/runtime.ts";
import { write } from "../state/access.ts";
import type { State } from "../state/overlay.ts";
import type { GenesisHyperparameters } from "./spec.ts";

const { storage } = subtensor;

type Given<N extends keyof GenesisHyperparameters> = NonNullable<GenesisHyperparameters[N]>;
type Places = {
  readonly [N in keyof Required<GenesisHyperparameters>]: StorageItem<readonly [number], Given<N>, Given<N>>;
};

/** Which storage item each overridable hyperparameter lies in. */
export const HYPERPARAMETER_ITEMS: Places = {
  kappa: storage.Kappa,
  rho: storage.Rho,
  immunityPeriod: storage.ImmunityPeriod,
  minAllowedWeights: storage.MinAllowedWeights,
  maxAllowedUids: storage.MaxAllowedUids,
  maxAllowedValidators: storage.MaxAllowedValidators,
  weightsVersionKey: storage.WeightsVersionKey,
  activityCutoffFactorMilli: storage.ActivityCutoffFactorMilli,
  bondsMovingAverage: storage.BondsMovingAverage,
  bondsPenalty: storage.BondsPenalty,
  commitRevealWeightsEnabled: storage.CommitRevealWeightsEnabled,
  liquidAlphaOn: storage.LiquidAlphaOn,
  yuma3On: storage.Yuma3On,
  alphaValues: storage.AlphaValues,
  mechanismCount: storage.MechanismCountCurrent,
  burnRao: storage.Burn,
};

export function writeHyperparameters(state: State, netuid: number, given: GenesisHyperparameters): void {
  for (const name of namesOf(HYPERPARAMETER_ITEMS)) writeOne(state, { netuid, name, given });
}

function writeOne<N extends keyof GenesisHyperparameters>(
  state: State,
  { netuid, name, given }: { netuid: number; name: N; given: GenesisHyperparameters },
): void {
  const chosen = given[name];
  const item: StorageItem<readonly [number], unknown, unknown> = HYPERPARAMETER_ITEMS[name];
  if (chosen !== undefined) write(state, item, [netuid, chosen]);
}

/** Object.keys forgets the literal keys of a record that is known to have no others. */
function namesOf(record: Places): (keyof GenesisHyperparameters)[] {
  return Object.keys(record) as (keyof GenesisHyperparameters)[];
}
