import type { Competition, Page, Receipt, Submission, SubmitAgent } from "@assay/core";
import { within } from "./within.ts";

/** What the miner asks of a backend; the client has these verbs. */
export type Registry = {
  readonly competitions: {
    list(page: { cursor?: string | null }): Promise<Page<Competition>>;
    get(ref: { id: string }): Promise<Competition>;
  };
  readonly submissions: {
    create(agent: SubmitAgent): Promise<{ submission: Submission; receipt: Receipt }>;
    get(ref: { id: string }): Promise<Submission>;
  };
};

const REQUEST_MS = 60_000;

/** A request to the backend under its deadline. */
export function asking<T>(what: string, promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return within(promise, { what, ms: REQUEST_MS, signal });
}
