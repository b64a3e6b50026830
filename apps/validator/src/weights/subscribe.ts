import type { SignedSnapshot } from "@assay/core";
import { errorFacts, type Logger } from "../log.ts";
import { LOG } from "../log-messages.ts";
import { backoffMs, pause } from "../loop/pause.ts";
import type { Inbox } from "./inbox.ts";

/** Where snapshots come from; the client has this. */
export type SnapshotSource = {
  readonly snapshots: { subscribe(options: { signal: AbortSignal }): AsyncIterable<SignedSnapshot> };
};

/** Puts what the backend sends into the inbox for as long as the signal lasts; a lost subscription is renewed. */
export async function subscribeForEver(
  source: SnapshotSource,
  { inbox, log, signal }: { inbox: Inbox; log: Logger; signal: AbortSignal },
): Promise<void> {
  for (let failures = 0; !signal.aborted; failures++) {
    await pause(failures === 0 ? 0 : backoffMs(failures), signal);
    try {
      for await (const snapshot of source.snapshots.subscribe({ signal })) {
        failures = 0;
        inbox.put(snapshot);
      }
    } catch (error) {
      if (!signal.aborted) log.warn(errorFacts(error), LOG.subscriptionLost);
    }
  }
}
