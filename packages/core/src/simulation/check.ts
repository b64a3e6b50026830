import { assertUnique } from "../assert-unique.ts";
import { CoreError } from "../errors.ts";
import type { SimulationConfig } from "./types.ts";

const LIMITS = { epochs: [1, 1_000_000], revealEpochs: [0, 1_000], seed: [0, 4_294_967_295] } as const;

/**
 * Refuses a configuration that makes no sense; what concerns the chain is checked by its epoch.
 *
 * @throws CoreError CORE_OUT_OF_RANGE, CORE_EMPTY, CORE_DUPLICATE.
 */
export function checkSimulation(config: SimulationConfig): void {
  assertWholeIn("seed", config.seed);
  assertWholeIn("epochs", config.epochs);
  assertWholeIn("revealEpochs", config.revealEpochs ?? 0);
  if (config.validators.length === 0) throw new CoreError({ code: "CORE_EMPTY", name: "validators" });
  if (config.miners.length === 0) throw new CoreError({ code: "CORE_EMPTY", name: "miners" });
  assertUnique(
    "hotkeys",
    [...config.validators, ...config.miners].map(({ hotkey }) => hotkey),
  );
}

function assertWholeIn(name: keyof typeof LIMITS, value: number): void {
  const [low, high] = LIMITS[name];
  if (Number.isInteger(value) && value >= low && value <= high) return;
  throw new CoreError({ code: "CORE_OUT_OF_RANGE", name, value: String(value), range: `${low}..${high}` });
}
