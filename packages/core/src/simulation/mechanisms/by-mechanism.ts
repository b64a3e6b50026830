import type { Mechanism, MechanismOutcome } from "../../mechanisms/mechanism.ts";
import { PPB } from "../../schema/primitives.ts";
import type { Aggregate, Decider, Shares, SimulatedMechanism, SimulatedMiner, Standing } from "../types.ts";

/**
 * Any mechanism of the `Mechanism` interface in a simulation, decided by whom it says.
 *
 * @param parameters of the instance.
 * @param inputsOf called once per run (and validator); what it returns makes the mechanism's inputs of each epoch's
 *   standing and may remember earlier ones. Hotkeys in the inputs are those of the simulation.
 * @param aggregate of the validators' scores; used only if the backend decides.
 */
export function byMechanism<Parameters, Inputs>(
  mechanism: Mechanism<Parameters, Inputs>,
  use: { parameters: Parameters; inputsOf: () => (standing: Standing) => Inputs; aggregate: Aggregate },
): SimulatedMechanism {
  const { parameters, inputsOf, aggregate } = use;
  const start = (): Decider => {
    const inputs = inputsOf();
    return (standing) =>
      sharesOf(
        mechanism.decide({ parameters, inputs: inputs(standing), block: standing.block }),
        standing.miners,
      );
  };
  if (mechanism.decidedBy === "validator") return { decidedBy: "validator", start };
  return { decidedBy: "backend", aggregate, start };
}

/** Shares of the miners in a vector; those of other hotkeys burn. */
function sharesOf(outcome: MechanismOutcome, miners: readonly SimulatedMiner[]): Shares | null {
  if (outcome.kind === "unknown") return null;
  const byHotkey = new Map(outcome.vector.entries.map(({ hotkey, share }) => [hotkey, share]));
  return Float64Array.from(miners, ({ hotkey }) => (byHotkey.get(hotkey) ?? 0) / PPB);
}
