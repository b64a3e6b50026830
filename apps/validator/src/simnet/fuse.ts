import type { DatabaseSync } from "node:sqlite";

/** What the journal throws at the step a life ends with, and at every later one. */
export class Death extends Error {}

/** Ends a life at a chosen step: what was done before stays, nothing comes after, as after kill -9. */
export class Fuse {
  steps = 0;
  isBlown = false;
  readonly #blown = Promise.withResolvers<void>();
  #last = Number.POSITIVE_INFINITY;

  /** Resolves when the life is over. */
  get blown(): Promise<void> {
    return this.#blown.promise;
  }

  /** Ends the life `steps` steps from now; 1 is the next. */
  arm(steps: number): void {
    this.#last = this.steps + steps;
  }

  /** Takes a step; true if the life is over and nothing more may happen. */
  step(): boolean {
    if (this.isBlown) return true;
    this.steps += 1;
    if (this.steps >= this.#last) this.blow();
    return this.isBlown;
  }

  blow(): void {
    this.isBlown = true;
    this.#blown.resolve();
  }
}

type Method = (...args: unknown[]) => unknown;

/** A journal every statement of which takes two steps: a life may end before it and after it. */
export function mortalDb(db: DatabaseSync, fuse: Fuse): DatabaseSync {
  return wrapped(db, (name, call) => {
    if (name === "exec") return (...args) => stepped(fuse, () => call(...args));
    if (name !== "prepare") return call;
    return (...args) =>
      wrapped(
        Object(call(...args)),
        (_, run) =>
          (...of) =>
            stepped(fuse, () => run(...of)),
      );
  });
}

function stepped(fuse: Fuse, work: () => unknown): unknown {
  if (fuse.step()) throw new Death();
  const result = work();
  if (fuse.step()) throw new Death();
  return result;
}

/** The same object with other methods; native ones insist on being called on what they belong to. */
function wrapped<T extends object>(real: T, replace: (name: string, call: Method) => Method): T {
  return new Proxy(real, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? replace(String(name), methodOf(target, value)) : value;
    },
  });
}

/** Reflection yields bare functions; bound to its object one is a method again. */
function methodOf(target: object, value: object): Method {
  return (value as Method).bind(target);
}
