import type { Client } from "@assay/client";
import type { SignedSnapshot } from "@assay/core";

/** Everything one validator has heard, in the order it heard it. */
export type Watcher = {
  readonly heard: readonly SignedSnapshot[];
  /** Resolves once the newest it has heard is this version or a newer one; rejects if its subscription failed. */
  reached(version: number): Promise<void>;
  /** Ends the subscription. */
  close(): Promise<void>;
};

/** Subscribes with the client a validator has. */
export function watch(client: Client): Watcher {
  const leaving = new AbortController();
  const heard: SignedSnapshot[] = [];
  let arrival = Promise.withResolvers<void>();
  const listen = async () => {
    for await (const snapshot of client.snapshots.subscribe({ signal: leaving.signal })) {
      heard.push(snapshot);
      arrival.resolve();
      arrival = Promise.withResolvers();
    }
  };
  const ended = listen();
  ended.catch(() => undefined);
  return {
    heard,
    async reached(version) {
      while ((heard.at(-1)?.version ?? 0) < version) await Promise.race([arrival.promise, failed(ended)]);
    },
    async close() {
      leaving.abort();
      await ended;
    },
  };
}

/** Rejects with the failure, or because there is nothing more to come. */
async function failed(ended: Promise<void>): Promise<void> {
  await ended;
  throw new Error("the subscription has ended");
}
