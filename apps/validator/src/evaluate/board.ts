import { verifySignature } from "@assay/chain/wallet";
import type { Client } from "@assay/client";
import type { Job, Receipt, SignedResult } from "@assay/core";
import { ValidatorError } from "../errors.ts";

export type LeaseRef = { id: string; attempt: number };

/** What the evaluate duty asks of a backend. */
export type JobBoard = {
  readonly jobs: {
    /** Repeated under one key, it gives the same lease again. */
    claim(claim: { key: string }): Promise<Job | null>;
    heartbeat(lease: LeaseRef): Promise<unknown>;
    release(lease: LeaseRef): Promise<unknown>;
    fail(failure: LeaseRef & { reason: string }): Promise<unknown>;
  };
  /** The backend's signed word that it has stored the result; refuses one that does not say so. */
  reportResult(result: SignedResult): Promise<{ readonly receipt: Receipt }>;
  /** The bytes of an agent; refuses bytes that do not have this hash. */
  fetchAgent(sha256: string, options: { signal: AbortSignal }): Promise<Uint8Array>;
};

/** A backend's procedures as the evaluate duty wants them; a receipt is held against the result and the key it names. */
export function boardOf(client: Client): JobBoard {
  const { jobs, fetchAgent } = client;
  return {
    jobs,
    fetchAgent,
    async reportResult(result) {
      const backendKey = await receiptKeyOf(client);
      return client.reportResult(result, { verify: verifySignature, backendKey });
    },
  };
}

/** Whatever the backend refuses here says nothing about the result, which must not be taken for refused. */
async function receiptKeyOf({ system }: Client): Promise<string> {
  try {
    return (await system.info()).snapshotKey;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `The backend does not say which key signs its receipts: ${reason}`;
    throw new ValidatorError({ code: "VALIDATOR_RECEIPT_KEY_UNKNOWN", reason }, message, { cause });
  }
}
