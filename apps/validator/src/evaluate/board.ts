import type { Job, SignedResult } from "@assay/core";

export type LeaseRef = { id: string; attempt: number };

/** What the evaluate duty asks of a backend; the client has these verbs. */
export type JobBoard = {
  readonly jobs: {
    claim(): Promise<Job | null>;
    heartbeat(lease: LeaseRef): Promise<unknown>;
    release(lease: LeaseRef): Promise<unknown>;
    fail(failure: LeaseRef & { reason: string }): Promise<unknown>;
  };
  readonly results: { report(result: SignedResult): Promise<unknown> };
  /** The bytes of an agent; refuses bytes that do not have this hash. */
  fetchAgent(sha256: string, options: { signal: AbortSignal }): Promise<Uint8Array>;
};
