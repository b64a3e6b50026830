import { type ContainerSetup, type EngineReport, examineEngine } from "@assay/evaluator";
import { ValidatorError } from "../errors.ts";

type Examine = (setup: ContainerSetup) => Promise<EngineReport>;

/**
 * Remembers that this host's engine has shown how it confines containers: before the first agent of that kind, and again
 * after every time it did not, so that no stranger's program runs where a limit is a promise only.
 */
export class Confined {
  readonly #examine: Examine;
  #isShown = false;

  /** Another way to examine than the usual is for tests. */
  constructor(examine: Examine = examineEngine) {
    this.#examine = examine;
  }

  /** Throws VALIDATOR_CONTAINERS_UNCONFINED; without an engine there is nothing to say, what cannot be told passes. */
  async assert(setup: ContainerSetup | undefined): Promise<void> {
    if (this.#isShown || setup === undefined) return;
    const { engine, confinements } = await this.#examine(setup);
    const broken = confinements.filter(({ holds }) => holds === false);
    if (broken.length > 0)
      throw unconfined(
        engine,
        broken.map(({ name, says }) => `${name} ${says}`),
      );
    this.#isShown = true;
  }
}

function unconfined(engine: string, broken: readonly string[]): ValidatorError {
  const message = `Containers are not confined here (${engine}): ${broken.join(", ")}. No agent is run in one; assay doctor has advice.`;
  return new ValidatorError({ code: "VALIDATOR_CONTAINERS_UNCONFINED", engine, broken }, message);
}
