import type { CpuLimits } from "./messages.ts";

const SHORTEST_WAIT_MS = 5;

/**
 * Calls `onLimit` once the process has used its processor time. Time on the wall would blame an agent for a
 * busy machine; an agent that computes for ever uses processor time as fast as the machine gives it.
 */
export class Watchdog {
  readonly #limits: CpuLimits;
  readonly #onLimit: (which: string) => void;
  readonly #startedAt = process.cpuUsage();
  #turnStartedAt = this.#startedAt;
  #timer: NodeJS.Timeout | undefined;

  constructor(limits: CpuLimits, onLimit: (which: string) => void) {
    this.#limits = limits;
    this.#onLimit = onLimit;
  }

  /** Starts the clock of one turn. */
  arm(): void {
    this.#turnStartedAt = process.cpuUsage();
    this.#wait();
  }

  disarm(): void {
    clearTimeout(this.#timer);
  }

  #wait(): void {
    const left = Math.min(this.#left("turnMs"), this.#left("totalMs"));
    this.#timer = setTimeout(() => this.#check(), Math.max(left, SHORTEST_WAIT_MS));
  }

  #check(): void {
    if (this.#left("turnMs") <= 0) this.#onLimit(`${this.#limits.turnMs} ms of processor time for a turn`);
    else if (this.#left("totalMs") <= 0) this.#onLimit(`${this.#limits.totalMs} ms of processor time in all`);
    else this.#wait();
  }

  #left(limit: keyof CpuLimits): number {
    const { user, system } = process.cpuUsage(limit === "turnMs" ? this.#turnStartedAt : this.#startedAt);
    return this.#limits[limit] - (user + system) / 1000;
  }
}
