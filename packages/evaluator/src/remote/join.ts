import { setTimeout as pause } from "node:timers/promises";
import { calibrate } from "../calibration/calibrate.ts";
import { Calibrated } from "../calibration/calibrated.ts";
import { CODE_HASH } from "../code-hash.ts";
import { containerSetup } from "../container/env.ts";
import { builtInTasks } from "../tasks/built-in.ts";
import { simulationOf } from "../tasks/for-containers.ts";
import { LOG, type Logger } from "./log.ts";
import { offersContainers } from "./offer.ts";
import { joinOnce, type Place } from "./session.ts";

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** What the process says about itself once a validator has taken it. */
export type Ready = {
  readonly ready: true;
  readonly app: "evaluator";
  readonly name: string;
  readonly join: string;
  readonly codeHash: string;
};

type Surroundings = {
  readonly log: Logger;
  readonly signal: AbortSignal;
  readonly onReady: (ready: Ready) => void;
};

/**
 * Asks whether the validator would take it, shows itself that it can be trusted, joins, and joins again whenever the
 * connection is lost, until the signal aborts. Throws EVALUATOR_MISCALIBRATED, or EVALUATOR_JOIN_REFUSED if trying again is
 * of no use.
 */
export async function joinForEver(place: Place, { log, signal, onReady }: Surroundings): Promise<void> {
  const calibrated = new Calibrated();
  // A wrong secret is told at once, not after minutes of reference agents; a validator that is away is waited for later.
  const knock = await joinOnce(place, { log, signal, calibrated, onJoined: () => {}, knocks: true });
  if (!knock.wasJoined && !signal.aborted) log.warn({ join: place.join, why: knock.why }, LOG.away);
  const containers = await offersContainers(containerSetup(), log);
  for (const task of builtInTasks.filter(({ name }) => simulationOf(name) === name)) {
    if (signal.aborted) return;
    await calibrate({ task: task.name, version: task.version }, { signal });
    log.debug({ task: task.name }, LOG.calibrated);
  }
  const { join, evaluatorName: name } = place;
  const onJoined = () => {
    log.info({ join, name }, LOG.joined);
    onReady({ ready: true, app: "evaluator", name, join, codeHash: CODE_HASH });
  };
  for (let failures = 0; !signal.aborted; ) {
    const { wasJoined, why } = await joinOnce(place, { log, signal, calibrated, containers, onJoined });
    failures = wasJoined ? 1 : failures + 1;
    if (signal.aborted) return;
    const ms = pauseMs(failures);
    log.warn({ join, why, againInMs: ms }, LOG.lost);
    await pause(ms, undefined, { signal }).catch(() => undefined);
  }
}

/** Doubles with every failure in a row, spread so that many evaluators do not return at once. */
export function pauseMs(failures: number, random: () => number = Math.random): number {
  const ceiling = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
  return Math.round(ceiling / 2 + (random() * ceiling) / 2);
}
