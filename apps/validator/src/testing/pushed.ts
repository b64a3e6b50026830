/** Items that a test hands over one by one to whoever iterates. */
export type Pushed<T> = AsyncIterable<T> & { push(item: T): void; end(): void; fail(error: Error): void };

export function pushed<T>(): Pushed<T> {
  const waiting: T[] = [];
  let ended = false;
  let failure: Error | undefined;
  let wake = Promise.withResolvers<void>();
  const signal = () => {
    wake.resolve();
    wake = Promise.withResolvers();
  };
  return {
    push(item) {
      waiting.push(item);
      signal();
    },
    end() {
      ended = true;
      signal();
    },
    fail(error) {
      failure = error;
      signal();
    },
    async *[Symbol.asyncIterator]() {
      while (true) {
        const item = waiting.shift();
        if (item !== undefined) yield item;
        else if (failure) throw failure;
        else if (ended) return;
        else await wake.promise;
      }
    },
  };
}
