export type { FetchAgent, SubmitAgent, SubmitOptions } from "./agents.ts";
export { type Client, createClient } from "./client.ts";
export { ClientError, type ClientErrorFacts, isRetryable } from "./errors.ts";
export type { CallOptions } from "./http.ts";
export type { Facade } from "./procedures.ts";
export type { ReportOptions, ReportResult } from "./results.ts";
export type { ClientOptions } from "./settings.ts";
export { type OutgoingRequest, type RequestSignature, signRequest } from "./sign.ts";
export type { SubscribeOptions } from "./snapshots.ts";
