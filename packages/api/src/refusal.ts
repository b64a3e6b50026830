import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { ApiError, type ApiErrorFacts, STATUS } from "./errors.ts";

/** Error as it travels, in tRPC's `data` and as the body of a REST answer. */
export type WireError = {
  code: string;
  message: string;
  facts: Record<string, unknown>;
  requestId: string | null;
};

/** A failure on its way out: the status for the transport, the coded error as its cause. */
export class Refusal extends TRPCError {
  readonly requestId: string;

  constructor(cause: unknown, requestId: string) {
    const error = asApiError(cause);
    super({ code: STATUS[error.code], message: error.message, cause });
    this.requestId = requestId;
  }
}

/** What the caller may know of a failure: codes of this package, and nothing of anything else. */
export function wireError(error: TRPCError): WireError {
  const { code, message, facts } = asApiError(error);
  return { code, message, facts, requestId: error instanceof Refusal ? error.requestId : null };
}

/** The coded error within a failure; what is unknown becomes API_INTERNAL. */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof TRPCError) return fromTransport(error);
  return internal();
}

function fromTransport(error: TRPCError): ApiError {
  const { cause } = error;
  if (cause instanceof ApiError) return cause;
  if (cause instanceof TRPCError) return fromTransport(cause);
  if (error.code === "BAD_REQUEST" && cause instanceof z.core.$ZodError) return invalidInput(cause);
  const facts = TRANSPORT_FACTS[error.code]?.(error.message);
  return facts === undefined ? internal() : new ApiError(facts, error.message);
}

/** Refusals the RPC library itself makes before any procedure runs. */
const TRANSPORT_FACTS: Partial<Record<TRPCError["code"], (message: string) => ApiErrorFacts>> = {
  NOT_FOUND: (message) => ({
    code: "API_UNKNOWN_PROCEDURE",
    path: /path "([^"]*)"/.exec(message)?.[1] ?? "",
  }),
  METHOD_NOT_SUPPORTED: (reason) => ({ code: "API_METHOD_NOT_SUPPORTED", reason }),
  UNSUPPORTED_MEDIA_TYPE: (reason) => ({ code: "API_MALFORMED_REQUEST", reason }),
  PARSE_ERROR: () => ({ code: "API_MALFORMED_REQUEST", reason: "not JSON" }),
  BAD_REQUEST: (reason) => ({ code: "API_MALFORMED_REQUEST", reason }),
};

function invalidInput(error: z.core.$ZodError): ApiError {
  const issues = error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
  const listed = issues.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`));
  return new ApiError({ code: "API_INVALID_INPUT", issues }, `The input is not valid: ${listed.join("; ")}`);
}

function internal(): ApiError {
  return new ApiError(
    { code: "API_INTERNAL" },
    "The backend failed; its log has the cause under this request id.",
  );
}
