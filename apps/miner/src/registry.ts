import type { Competition, Page, Receipt, Submission, VerifySignature } from "@assay/core";
import { within } from "./within.ts";

/** A submission as stored, and the backend's signed word that it was. */
export type Accepted = { readonly submission: Submission; readonly receipt: Receipt };

/** What the miner asks of a backend; the client has these verbs. */
export type Registry = {
  readonly competitions: {
    list(page: { cursor?: string | null }): Promise<Page<Competition>>;
    get(ref: { id: string }): Promise<Competition>;
  };
  readonly submissions: { get(ref: { id: string }): Promise<Submission> };
  /** Submits, and holds the receipt against what was sent; the same bytes again give the first receipt. */
  submitAgent(
    artefact: Uint8Array,
    competitionId: string,
    options: { verify: VerifySignature; signal: AbortSignal },
  ): Promise<Accepted>;
};

const REQUEST_MS = 60_000;

/** A request to the backend under its deadline. */
export function asking<T>(what: string, promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return within(promise, { what, ms: REQUEST_MS, signal });
}
