import { CONTAINER_LIMITS, DEFAULT_LIMITS, PROGRESS_MS } from "@assay/evaluator";
import { type Refusal, refusal } from "./refusal.ts";
import { type Assignment, EVALUATION_MS } from "./worker.ts";

/** Without progress for so long a run goes to another: more than any single step of one takes, at most one lease as is usual. */
export const SILENCE_MS = 120_000;

/** Reference agents first, a container's import and start, and a start on a slow host. */
const BEGINNING_MS = 180_000;
/** Agents are held to processor time; a host may give that much less of it than the clock. */
const SLOWNESS = 3;

/** How long a run may take on another host, however well it gets on: what its agent may use, and some time around it. */
export function allowanceMs({ job, task }: Pick<Assignment, "job" | "task">): number {
  const { turnMs, episodeMs } = DEFAULT_LIMITS;
  const processorMs = turnMs + episodeMs * job.seeds.length;
  const { clockFactor, maxTotalMs, startMs } = CONTAINER_LIMITS;
  const agentsMs =
    task.agents === "container"
      ? startMs + Math.min(maxTotalMs, clockFactor * processorMs)
      : SLOWNESS * processorMs;
  return Math.min(EVALUATION_MS, BEGINNING_MS + agentsMs);
}

type Limits = { readonly silenceMs: number; readonly allowanceMs: number };

/** How long a validator waits for one run: as long as it gets on, and never beyond its allowance. */
export class Patience {
  readonly #limits: Limits;
  readonly #giveUp: (why: Refusal) => void;
  readonly #deadline: NodeJS.Timeout;
  #silence: NodeJS.Timeout;
  #done = 0;
  #wordsLeft: number;

  constructor(limits: Limits, giveUp: (why: Refusal) => void) {
    this.#limits = limits;
    this.#giveUp = giveUp;
    const overdue = () => giveUp(refusal("overdue", "a run took longer than it may"));
    this.#deadline = setTimeout(overdue, limits.allowanceMs);
    this.#silence = this.#listen();
    this.#wordsLeft = 10 + Math.ceil((2 * limits.allowanceMs) / PROGRESS_MS);
  }

  /** A word of progress counts only if there is some, and nobody has to listen to more of them than an evaluator sends. */
  progressed(done: number): void {
    this.#wordsLeft -= 1;
    if (done <= this.#done || this.#wordsLeft < 0)
      return this.#giveUp(refusal("malformed", "progress that is none"));
    this.#done = done;
    clearTimeout(this.#silence);
    this.#silence = this.#listen();
  }

  end(): void {
    clearTimeout(this.#deadline);
    clearTimeout(this.#silence);
  }

  #listen(): NodeJS.Timeout {
    return setTimeout(
      () => this.#giveUp(refusal("stalled", "a run does not get on")),
      this.#limits.silenceMs,
    );
  }
}
