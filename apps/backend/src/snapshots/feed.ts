import type { SignedSnapshot } from "@assay/core";
import type { Log } from "../log.ts";

/** The newest snapshot of the subnet in memory, and everyone who waits for a newer one. */
export type SnapshotFeed = {
  newest(): SignedSnapshot | undefined;
  /** Looks for a newer one, after this call began; a failure is logged, the next look comes anyway. */
  refresh(): Promise<void>;
  /** The newest after `seen`, then every newer one until the signal aborts; whoever is slow skips to the newest. */
  follow(seen: number, signal: AbortSignal): AsyncGenerator<SignedSnapshot, void, unknown>;
};

export type FeedSource = {
  /** The newest snapshot above a version, if there is one. */
  readonly read: (above: number) => Promise<SignedSnapshot | undefined>;
  readonly log: Log;
};

/** A feed that knows nothing until its first `refresh`. */
export function createFeed({ read, log }: FeedSource): SnapshotFeed {
  let newest: SignedSnapshot | undefined;
  let arrival = Promise.withResolvers<void>();
  let looking: Promise<void> = Promise.resolve();
  /** A look that has not begun; whoever asks meanwhile shares it, so that a thousand who connect cost two reads. */
  let waiting: Promise<void> | undefined;

  const look = async () => {
    waiting = undefined;
    const found = await read(newest?.version ?? 0);
    if (found === undefined || found.version <= (newest?.version ?? 0)) return;
    newest = found;
    arrival.resolve();
    arrival = Promise.withResolvers();
  };

  async function* follow(seen: number, signal: AbortSignal) {
    const aborted = whenAborted(signal);
    let last = seen;
    while (!signal.aborted) {
      // Taken before looking, so that nothing that arrives in between is waited for in vain.
      const next = arrival.promise;
      if (newest === undefined || newest.version <= last) await Promise.race([next, aborted]);
      else {
        last = newest.version;
        yield newest;
      }
    }
  }

  return {
    newest: () => newest,
    follow,
    refresh() {
      waiting ??= looking.then(look).catch((error: unknown) => log.warn({ err: error }, "snapshot not read"));
      looking = waiting;
      return waiting;
    },
  };
}

function whenAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
