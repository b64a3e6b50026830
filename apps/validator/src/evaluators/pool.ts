import type { Task } from "@assay/evaluator";
import type { Worker } from "./worker.ts";

/** When this host evaluates itself: only while no other has joined, always, or never. */
export const LOCAL_USES = ["spare", "always", "never"] as const;
export type LocalUse = (typeof LOCAL_USES)[number];

/** How long this host works along after an offence. */
const WORK_ALONG_MS = 600_000;

/** A worker that is somebody's until `end`, which may be called again without harm. */
export type Loan = { readonly worker: Worker; end(): void };

type PoolOptions = {
  readonly local: Worker;
  readonly use?: LocalUse;
  /** Whether evaluators of other hosts may come; they cannot where no port is named. */
  readonly isOpen?: boolean;
  /** Milliseconds on a clock that nobody sets; other than the usual is for tests. */
  readonly now?: () => number;
  /** Told how many have joined, whenever that may have changed. */
  readonly onChange?: (joined: number) => void;
};

/** What a worker is wanted for; whoever comes first, if nothing is said. */
export type Wish = { readonly wantsLocal?: boolean; readonly task?: Task };

/** The evaluators at hand: work goes to whoever is free, longest idle first. */
export class Pool {
  readonly #local: Worker;
  readonly #use: LocalUse;
  /** Those that joined, in the order in which they get work. */
  readonly #joined = new Set<Worker>();
  readonly #busy = new Set<Worker>();
  readonly #isOpen: boolean;
  readonly #now: () => number;
  readonly #onChange: (joined: number) => void;
  /** Until then this host works along, because one of those that joined was cut off for what it did. */
  #alongUntilMs = Number.NEGATIVE_INFINITY;
  #change = Promise.withResolvers<void>();

  constructor({
    local,
    use = "spare",
    isOpen = true,
    now = () => performance.now(),
    onChange = () => {},
  }: PoolOptions) {
    this.#local = local;
    this.#use = use;
    this.#isOpen = isOpen;
    this.#now = now;
    this.#onChange = onChange;
  }

  /** How many evaluators of other hosts there are. */
  get joined(): number {
    return this.#joined.size;
  }

  /** Whether anybody is here, busy or not, who can run agents of the task's kind. */
  has(task: Task): boolean {
    const own = this.#use === "never" ? [] : [this.#local];
    return [...own, ...this.#joined].some((worker) => worker.suits(task));
  }

  /** Whether nobody is here, and nobody will come, who can. */
  isHopeless(task: Task): boolean {
    return !this.#isOpen && !this.has(task);
  }

  join(worker: Worker): void {
    this.#joined.add(worker);
    this.#notify();
  }

  /** Whoever is cut off for an offence may be back in a second, and hold up the next job: jobs do not wait for it alone. */
  leave(worker: Worker, { isOffence = false } = {}): void {
    if (isOffence) this.#alongUntilMs = this.#now() + WORK_ALONG_MS;
    this.#joined.delete(worker);
    this.#busy.delete(worker);
    this.#notify();
  }

  /** A free worker; undefined if there is none now. */
  take({ wantsLocal = false, task }: Wish = {}): Loan | undefined {
    const isFree = (worker: Worker) => !this.#busy.has(worker) && (task === undefined || worker.suits(task));
    const others = [...this.#joined].filter(isFree);
    const own = this.#mayUseLocal(wantsLocal) && isFree(this.#local) ? [this.#local] : [];
    const [worker] = wantsLocal ? [...own, ...others] : [...others, ...own];
    return worker === undefined ? undefined : this.#lend(worker);
  }

  /** A free worker, as soon as there is one. */
  async borrow(signal: AbortSignal, wish: Wish = {}): Promise<Loan> {
    const { promise: stopped, reject } = Promise.withResolvers<never>();
    const stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    try {
      for (;;) {
        signal.throwIfAborted();
        const loan = this.take(wish);
        if (loan !== undefined) return loan;
        await Promise.race([this.changed(), stopped]);
      }
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }

  /** Resolves as soon as somebody joins, leaves or becomes free. */
  changed(): Promise<void> {
    return this.#change.promise;
  }

  #mayUseLocal(isWanted: boolean): boolean {
    const isAlone = this.#joined.size === 0 || this.#now() < this.#alongUntilMs;
    if (this.#use === "spare") return isWanted || isAlone;
    return this.#use === "always";
  }

  #lend(worker: Worker): Loan {
    this.#busy.add(worker);
    let isOver = false;
    const end = () => {
      if (isOver) return;
      isOver = true;
      this.#takeBack(worker);
    };
    return { worker, end };
  }

  #takeBack(worker: Worker): void {
    this.#busy.delete(worker);
    if (this.#joined.delete(worker)) this.#joined.add(worker);
    this.#notify();
  }

  #notify(): void {
    this.#onChange(this.#joined.size);
    this.#change.resolve();
    this.#change = Promise.withResolvers();
  }
}
