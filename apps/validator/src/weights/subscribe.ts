import type { SignedSnapshot } from "@assay/core";
import { errorFacts, type Logger } from "../log.ts";
import { LOG } from "../log-messages.ts";
import { backoffMs, pause } from "../loop/pause.ts";
import type { Inbox } from "./inbox.ts";

/** Where snapshots come from; the client has this, and renews a lost connection by itself. */
export type SnapshotSource = {
  readonly snapshots: {
    subscribe(options: {
      signal: AbortSignal;
      onProblem: (problem: Error) => void;
      onConflict: (conflict: { other: SignedSnapshot }) => void;
    }): AsyncIterable<SignedSnapshot>;
  };
};

/** Puts what the backend sends into the inbox for as long as the signal lasts, also after it has refused us. */
export async function subscribeForEver(
  source: SnapshotSource,
  { inbox, log, signal }: { inbox: Inbox; log: Logger; signal: AbortSignal },
): Promise<void> {
  const onProblem = (problem: Error) => log.warn(errorFacts(problem), LOG.subscriptionLost);
  // Which of two is signed only their verification tells: it needs both.
  const onConflict = ({ other }: { other: SignedSnapshot }) => inbox.put(other);
  for (let failures = 0; !signal.aborted; failures++) {
    await pause(failures === 0 ? 0 : backoffMs(failures), signal);
    try {
      for await (const snapshot of source.snapshots.subscribe({ signal, onProblem, onConflict })) {
        failures = 0;
        inbox.put(snapshot);
      }
    } catch (error) {
      if (!signal.aborted) log.error(errorFacts(error), LOG.subscriptionRefused);
    }
  }
}
