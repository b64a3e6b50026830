import type { ApiErrorFacts } from "@assay/api";
import { ClientError } from "./errors.ts";

/** The backend's refusal in an error's `data`; undefined if it is not one. */
export function readWireError(data: unknown): ClientError | undefined {
  if (!isRecord(data)) return undefined;
  const { code, message, facts, requestId } = data;
  if (typeof code !== "string" || !/^[A-Z]+(_[A-Z0-9]+)+$/.test(code)) return undefined;
  if (typeof message !== "string" || !isRecord(facts)) return undefined;
  return new ClientError(asFacts({ ...facts, code }), message, {
    requestId: typeof requestId === "string" ? requestId : null,
  });
}

/** A newer backend may have codes this release does not know: they are passed on as they are, and callers compare. */
function asFacts(facts: { code: string }): ApiErrorFacts {
  return facts as ApiErrorFacts;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
