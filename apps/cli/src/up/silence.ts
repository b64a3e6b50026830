import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";

/**
 * Settles once a count has stayed the same for so long.
 *
 * After a pause whatever lies in a pipe is read before it is looked at: a process that had no time meanwhile heard nothing.
 */
export async function silence(count: () => number, ms: number): Promise<void> {
  let before: number;
  do {
    before = count();
    await sleep(ms, undefined, { ref: false });
    await nextTurn();
  } while (count() !== before);
}
