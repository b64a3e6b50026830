import type { Status } from "../pool/pool.ts";

/**
 * After `inBlock` clients fetch the block and its events, and drop a status that arrives meanwhile; so the next
 * one waits at least this long.
 */
const GAP_MS = 200;

/** Passes statuses on in order, with a pause after each `inBlock`. */
export function spaced(push: (status: Status) => void): { tell: (status: Status) => void; stop: () => void } {
  const queue: Status[] = [];
  let timer: NodeJS.Timeout | undefined;
  const next = (): void => {
    timer = undefined;
    for (let status = queue.shift(); status !== undefined; status = queue.shift()) {
      push(status);
      if (typeof status !== "object" || !("inBlock" in status)) continue;
      timer = setTimeout(next, GAP_MS);
      return;
    }
  };
  const tell = (status: Status): void => {
    queue.push(status);
    if (timer === undefined) next();
  };
  return { tell, stop: () => clearTimeout(timer) };
}
