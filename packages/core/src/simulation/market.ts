import { assertWithin } from "../assert-within.ts";
import { diceOf } from "./dice.ts";
import type { Artefact, SimulationConfig } from "./types.ts";

/**
 * All miners of a run: each call is the next epoch's artefacts, in the order of the configuration.
 *
 * @throws CoreError CORE_OUT_OF_RANGE for a quality outside of [0, 1].
 */
export function marketOf({ seed, miners }: SimulationConfig): (epoch: number) => readonly Artefact[] {
  const produce = miners.map(({ hotkey, strategy }) =>
    strategy.start({ hotkey, dice: diceOf(seed, `miner ${hotkey}`) }),
  );
  const bests: (Artefact | undefined)[] = [];
  return (epoch) => {
    const market = { epoch, best: (epochsAgo: number) => bests[epoch - epochsAgo] };
    const artefacts = produce.map((next) => next(market));
    for (const { quality } of artefacts) assertWithin("quality", quality, [0, 1]);
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
