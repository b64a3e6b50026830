/** Clients drop a status that arrives while they still resolve the one before it. */
const GAP_MS = 200;

/** Passes values on in order, at least {@link GAP_MS} apart. */
export function spaced<T>(push: (value: T) => void): { tell: (value: T) => void; stop: () => void } {
  const queue: T[] = [];
  let timer: NodeJS.Timeout | undefined;
  const next = (): void => {
    timer = undefined;
    const [value] = queue.splice(0, 1);
    if (value === undefined) return;
    push(value);
    timer = setTimeout(next, GAP_MS);
  };
  const tell = (value: T): void => {
    queue.push(value);
    if (timer === undefined) next();
  };
  return { tell, stop: () => clearTimeout(timer) };
}
