import type { SignedSnapshot } from "@assay/core";

/** Snapshots that were received and not yet verified: verification needs the chain, receiving does not. */
export type Inbox = {
  put(signed: SignedSnapshot): void;
  /** The oldest, which stays until it is dropped: a failure to verify it now must not lose it. */
  first(): SignedSnapshot | undefined;
  drop(signed: SignedSnapshot): void;
};

/** More than a backend ever sends between two blocks; the oldest are dropped first. */
const MOST = 16;

export function createInbox(): Inbox {
  const received: SignedSnapshot[] = [];
  return {
    put(signed) {
      received.push(signed);
      received.splice(0, received.length - MOST);
    },
    first: () => received[0],
    drop(signed) {
      const index = received.indexOf(signed);
      if (index !== -1) received.splice(index, 1);
    },
  };
}
