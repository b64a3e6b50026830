import type { LaneFailure } from "./lanes.ts";
import type { SandboxLimits } from "./messages.ts";

const SHORTEST_WAIT_MS = 5;
/** How often memory is looked at: compilation can take hundreds of megabytes in a second. */
const LONGEST_WAIT_MS = 50;

/**
 * Calls `onLimit` once the process has used its processor time or memory. Time on the wall would blame an agent
 * for a busy machine; an agent that computes for ever uses processor time as fast as the machine gives it.
 */
export class Watchdog {
  readonly #limits: SandboxLimits;
  readonly #onLimit: (failure: LaneFailure) => void;
  readonly #startedAt = process.cpuUsage();
  #turnStartedAt = this.#startedAt;
  #timer: NodeJS.Timeout | undefined;

  constructor(limits: SandboxLimits, onLimit: (failure: LaneFailure) => void) {
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
    const left = Math.min(this.#left("turnMs"), this.#left("totalMs"), LONGEST_WAIT_MS);
    this.#timer = setTimeout(() => this.#check(), Math.max(left, SHORTEST_WAIT_MS));
  }

  #check(): void {
    const passed = this.#passed();
    if (passed === undefined) this.#wait();
    else this.#onLimit(passed);
  }

  #passed(): LaneFailure | undefined {
    const { turnMs, totalMs, processBytes } = this.#limits;
    if (process.memoryUsage.rss() > processBytes)
      return {
        code: "EVALUATOR_AGENT_OUT_OF_MEMORY",
        detail: `its process took more than ${processBytes} bytes`,
      };
    if (this.#left("turnMs") <= 0) return timeout(`${turnMs} ms of processor time for a turn`);
    if (this.#left("totalMs") <= 0) return timeout(`${totalMs} ms of processor time in all`);
    return undefined;
  }

  #left(limit: "turnMs" | "totalMs"): number {
    const { user, system } = process.cpuUsage(limit === "turnMs" ? this.#turnStartedAt : this.#startedAt);
    return this.#limits[limit] - (user + system) / 1000;
  }
}

function timeout(limit: string): LaneFailure {
  return { code: "EVALUATOR_AGENT_TIMEOUT", detail: `used more than ${limit}` };
}
