import { randomInt } from "node:crypto";
import type { Evaluation } from "@assay/evaluator";
import { type Refusal, refusal } from "./refusal.ts";
import type { Assignment, Worker } from "./worker.ts";

/** What this validator takes for true of what an evaluator said, or why it believes it no more. */
export type Review = (said: Evaluation, assignment: Assignment) => Promise<Evaluation | Refusal>;

/** Failures that may come about on one machine and not on another. */
const OF_THE_MACHINE: ReadonlySet<string> = new Set([
  "EVALUATOR_AGENT_TIMEOUT",
  "EVALUATOR_AGENT_OUT_OF_MEMORY",
]);

type Reviewing = {
  readonly local: Worker;
  /** Episodes of each answer that are played again. */
  readonly episodes: number;
  /** From 0 up to, but without, its argument; other than the real one is for tests. */
  readonly random?: (below: number) => number;
};

/** Believes whatever passed the other checks. */
export const unreviewed: Review = (said) => Promise.resolve(said);

/**
 * Plays a few episodes of every answer again on this host, drawn after the answer came. The same module and seed give
 * the same bits everywhere, so a difference is a lie. A failure, which would cost a miner everything, is played again as a
 * whole; where machines may differ this host's own outcome stands. Containers are believed: they need not be deterministic.
 */
export function reviewBy({ local, episodes: count, random = randomInt }: Reviewing): Review {
  const judge = oneAtATime(local);
  return async (said, assignment) => {
    if (assignment.task.agents === "container") return said;
    if (!said.ok) return confirmed(said, await judge(assignment));
    const chosen = sample(said.episodes.length, { count, random });
    const seeds = chosen.flatMap((index) => assignment.job.seeds[index] ?? []);
    const own = await judge({ ...assignment, job: { ...assignment.job, seeds } });
    return replayed(said, { own, chosen });
  };
}

type Played = Extract<Evaluation, { ok: true }>;
type Failed = Extract<Evaluation, { ok: false }>;

function replayed(
  said: Played,
  { own, chosen }: { own: Evaluation; chosen: readonly number[] },
): Evaluation | Refusal {
  if (!own.ok) return isOfTheMachine(own) ? said : mismatch(`the agent fails here: ${own.failure.code}`);
  const wrong = chosen.find((index, i) => !isSame(said.episodes[index], own.episodes[i]));
  return wrong === undefined ? said : mismatch(`episode ${wrong} ends differently here`);
}

function confirmed(said: Failed, own: Evaluation): Evaluation | Refusal {
  if (!own.ok && own.failure.code === said.failure.code) return said;
  if (isOfTheMachine(said) || (!own.ok && isOfTheMachine(own))) return own;
  return mismatch(`the agent does not fail so here: ${said.failure.code}`);
}

/** How deep calls nest before the stack ends differs between machines, and with how far the engine has optimised. */
const END_OF_STACK = /^Maximum call stack size exceeded/;

function isOfTheMachine({ failure: { code, detail } }: Failed): boolean {
  return OF_THE_MACHINE.has(code) || (code === "EVALUATOR_AGENT_TRAP" && END_OF_STACK.test(detail));
}

type Episode = Played["episodes"][number];

function isSame(said: Episode | undefined, own: Episode | undefined): boolean {
  return said?.success === own?.success && said?.reward === own?.reward && said?.steps === own?.steps;
}

function mismatch(message: string): Refusal {
  return refusal("mismatch", message);
}

/** Different indices below `total`, each equally likely. */
function sample(
  total: number,
  { count, random }: { count: number; random: (below: number) => number },
): number[] {
  const left = Array.from({ length: total }, (_, index) => index);
  return Array.from({ length: Math.min(count, total) }, () => left.splice(random(left.length), 1)).flat();
}

/** However many answers arrive, agents do not fill this host. */
function oneAtATime(worker: Worker): Worker["evaluate"] {
  let last: Promise<unknown> = Promise.resolve();
  return (assignment) => {
    const next = last.then(() => worker.evaluate(assignment));
    last = next.catch(() => undefined);
    return next;
  };
}
