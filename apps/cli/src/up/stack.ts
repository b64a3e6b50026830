/** Things to close, newest first; what must outlive all others is closed with `closeLast`. */
export type Stack = {
  defer(close: () => Promise<void>): void;
  /** Closed only by `closeLast`: the devnet may stay up after everything else. */
  last(close: () => Promise<void>): void;
  close(): Promise<void>;
  closeLast(): Promise<void>;
};

/** An empty stack; closing goes on past a failure and reports the first. */
export function createStack(): Stack {
  const deferred: (() => Promise<void>)[] = [];
  const kept: (() => Promise<void>)[] = [];
  return {
    defer: (close) => void deferred.push(close),
    last: (close) => void kept.push(close),
    close: () => closeAll(deferred),
    closeLast: () => closeAll(kept),
  };
}

async function closeAll(closers: (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (let close = closers.pop(); close !== undefined; close = closers.pop()) {
    try {
      await close();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
