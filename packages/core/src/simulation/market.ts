import { diceOf } from "./dice.ts";
import type { Artefact, SimulationConfig } from "./types.ts";

/** All miners of a run: each call is the next epoch's artefacts, in the order of the configuration. */
export function marketOf({ seed, miners }: SimulationConfig): (epoch: number) => readonly Artefact[] {
  const produce = miners.map(({ hotkey, strategy }) =>
    strategy.start({ hotkey, dice: diceOf(seed, `miner ${hotkey}`) }),
  );
  const bests: (Artefact | undefined)[] = [];
  return (epoch) => {
    const market = { epoch, best: (epochsAgo: number) => bests[epoch - epochsAgo] };
    const artefacts = produce.map((next) => next(market));
    bests.push(bestOf(artefacts));
    return artefacts;
  };
}

function bestOf(artefacts: readonly Artefact[]): Artefact | undefined {
  let best: Artefact | undefined;
  for (const artefact of artefacts)
    if (best === undefined || artefact.quality > best.quality) best = artefact;
  return best;
}
