import type { ClientError } from "./errors.ts";
import { isRecord, readWireError } from "./wire-error.ts";

/** What a message from the socket is, as far as it matters here. */
export type Frame =
  | { kind: "answer"; message: Record<string, unknown> }
  /** An error that belongs to no request: the backend refuses the connection. */
  | { kind: "refusal"; message: Record<string, unknown>; error: ClientError | undefined }
  | { kind: "reconnect" }
  | { kind: "malformed" };

/** Reads a message; the library takes any shape on trust and would end the process over some. */
export function readFrame(data: unknown): Frame {
  const message = parse(data);
  if (!isRecord(message)) return { kind: "malformed" };
  if (message["method"] === "reconnect") return { kind: "reconnect" };
  if ("method" in message) return { kind: "malformed" };
  if (isError(message["error"]) && !("result" in message)) return readError(message, message["error"]);
  const { id, result } = message;
  const isAnswer = typeof id === "number" && isRecord(result) && TYPES.has(result["type"]);
  return isAnswer && !("error" in message) ? { kind: "answer", message } : { kind: "malformed" };
}

const TYPES: ReadonlySet<unknown> = new Set(["started", "stopped", "data"]);

function readError(message: Record<string, unknown>, error: Record<string, unknown>): Frame {
  if (typeof message["id"] === "number") return { kind: "answer", message };
  if (message["id"] !== null) return { kind: "malformed" };
  return { kind: "refusal", message, error: readWireError(error["data"]) };
}

function isError(value: unknown): value is Record<string, unknown> {
  return isRecord(value) && typeof value["code"] === "number" && typeof value["message"] === "string";
}

function parse(data: unknown): unknown {
  if (typeof data !== "string") return undefined;
  try {
    return JSON.parse(data);
  } catch {
    return undefined; // Told as malformed by the caller.
  }
}
