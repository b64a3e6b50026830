import { CodedError } from "@assay/core";

/** Why the backend does not start; what it refuses to callers is `ApiError` of the contract. */
export type BackendErrorFacts =
  | { code: "API_SETTINGS_INVALID"; problems: string[] }
  | { code: "API_CERTIFICATE_INVALID"; file: string; problem: string };

export class BackendError extends CodedError<BackendErrorFacts> {}
