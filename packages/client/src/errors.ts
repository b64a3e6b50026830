import type { ApiErrorFacts } from "@assay/api";
import { CodedError } from "@assay/core";
import { inWords } from "./words.ts";

/** What can go wrong before the backend has answered, or with its answer. */
export type ClientErrorFacts =
  /** The procedure wants a signed request, and the client was made without a signer. */
  | { code: "CLIENT_NO_SIGNER"; path: string }
  /** The procedure wants an API key, and the client was made without one. */
  | { code: "CLIENT_NO_API_KEY"; path: string }
  | { code: "CLIENT_SIGNING_FAILED"; path: string; signer: string }
  /** No answer: whether the backend has acted is not known. */
  | { code: "CLIENT_UNREACHABLE"; url: string; reason: string }
  | { code: "CLIENT_TIMEOUT"; path: string; timeoutMs: number }
  /** An answer, but none of a backend: a proxy's page, or broken JSON. */
  | { code: "CLIENT_BAD_ANSWER"; path: string; status: number | null; reason: string }
  /** The backend's receipt is not signed, or not for what was sent. */
  | { code: "CLIENT_BAD_RECEIPT"; field: string; expected: string; actual: string }
  | { code: "CLIENT_ARTEFACT_MISMATCH"; expected: string; actual: string }
  /** Another snapshot came under a version that was received before: whom to believe is the reader's business. */
  | { code: "CLIENT_SNAPSHOT_CONFLICT"; version: number; signature: string; other: string };

/** A failure of the client itself, or a refusal of the backend with its code, facts and request id. */
export class ClientError extends CodedError<ClientErrorFacts | ApiErrorFacts> {
  /** Under which the backend's log has the request; null for a failure of the client itself. */
  readonly requestId: string | null;

  constructor(
    facts: ClientErrorFacts | ApiErrorFacts,
    message?: string,
    { requestId = null, ...options }: ErrorOptions & { requestId?: string | null } = {},
  ) {
    super(facts, message ?? inWords(facts), options);
    this.requestId = requestId;
  }
}

const RETRYABLE: ReadonlySet<string> = new Set([
  "CLIENT_UNREACHABLE",
  "CLIENT_TIMEOUT",
  "CLIENT_BAD_ANSWER",
  "API_INTERNAL",
  "API_STALE_METAGRAPH",
  "API_RATE_LIMITED",
  "API_TOO_MANY",
] satisfies (ClientErrorFacts | ApiErrorFacts)["code"][]);

/** Whether the same call may succeed later without anybody changing anything; it may have been carried out already. */
export function isRetryable(error: unknown): boolean {
  return error instanceof ClientError && RETRYABLE.has(error.code);
}
