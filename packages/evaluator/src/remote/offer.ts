import type { ContainerSetup } from "../container/env.ts";
import { examineEngine } from "../container/examine.ts";
import { errorFacts, LOG, type Logger } from "./log.ts";

/** Whether this host offers to run containers: only with an engine that has shown how it confines them. */
export async function offersContainers(setup: ContainerSetup | undefined, log: Logger): Promise<boolean> {
  if (setup === undefined) return false;
  try {
    const { confinements, ...facts } = await examineEngine(setup);
    const broken = confinements.filter(({ holds }) => holds === false);
    const unknown = confinements.filter(({ holds }) => holds === null);
    if (broken.length > 0) log.error({ ...facts, broken }, LOG.containersUnconfined);
    else log.info({ ...facts, unknown }, LOG.containersConfined);
    return broken.length === 0;
  } catch (error) {
    log.error(errorFacts(error), LOG.containersUnconfined);
    return false;
  }
}
