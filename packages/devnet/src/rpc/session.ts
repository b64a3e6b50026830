import { randomBytes } from "node:crypto";

type Push = (result: unknown) => void;
type Start = (push: Push) => () => void;

/** One connection: sends answers and keeps its subscriptions. */
export class Session {
  readonly #send: (frame: unknown) => void;
  readonly #stops = new Map<string, () => void>();
  #held: unknown[] | undefined;

  constructor(send: (frame: unknown) => void) {
    this.#send = send;
  }

  /** Handles one frame: what its subscriptions push meanwhile goes out after the answer, even a late one. */
  answer(work: () => unknown): void {
    const held: unknown[] = [];
    this.#held = held;
    const release = (answer: unknown): void => {
      for (const frame of [answer, ...held]) if (frame !== undefined) this.#send(frame);
    };
    try {
      const answer = work();
      if (answer instanceof Promise) void answer.then(release);
      else release(answer);
    } finally {
      this.#held = undefined;
    }
  }

  /** Starts a subscription whose notifications carry `method`; returns its id. */
  subscribe(method: string, start: Start): string {
    const id = randomBytes(8).toString("hex");
    const push: Push = (result) =>
      this.#push({ jsonrpc: "2.0", method, params: { subscription: id, result } });
    this.#stops.set(id, start(push));
    return id;
  }

  /** Whether there was such a subscription to end. */
  unsubscribe(id: string): boolean {
    const stop = this.#stops.get(id);
    this.#stops.delete(id);
    stop?.();
    return stop !== undefined;
  }

  close(): void {
    for (const stop of this.#stops.values()) stop();
    this.#stops.clear();
  }

  #push(frame: unknown): void {
    if (this.#held === undefined) this.#send(frame);
    else this.#held.push(frame);
  }
}
