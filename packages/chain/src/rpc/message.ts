/** A message of a node: the answer to a request, or news of a subscription. */
export type NodeMessage =
  | { readonly kind: "result"; readonly id: number; readonly result: unknown }
  | { readonly kind: "error"; readonly id: number; readonly rpcCode: number; readonly reason: string }
  | { readonly kind: "news"; readonly subscription: string; readonly result: unknown }
  | { readonly kind: "malformed" };

const MALFORMED: NodeMessage = { kind: "malformed" };

/** Reads one JSON-RPC message; what is none is named so instead of thrown. */
export function parseMessage(text: string): NodeMessage {
  const message = parseObject(text);
  if (message === undefined) return MALFORMED;
  if (typeof message["method"] === "string") return newsOf(message["params"]);
  const id = message["id"];
  if (typeof id !== "number") return MALFORMED;
  if (isObject(message["error"])) return { kind: "error", id, ...errorOf(message["error"]) };
  return "result" in message ? { kind: "result", id, result: message["result"] } : MALFORMED;
}

function newsOf(params: unknown): NodeMessage {
  if (!isObject(params)) return MALFORMED;
  // Real nodes name subscriptions by text, some by number.
  const id = params["subscription"];
  if (typeof id !== "string" && typeof id !== "number") return MALFORMED;
  return { kind: "news", subscription: String(id), result: params["result"] };
}

function errorOf(error: Record<string, unknown>): { rpcCode: number; reason: string } {
  const { code, message, data } = error;
  const detail = typeof data === "string" ? `: ${data}` : "";
  return { rpcCode: typeof code === "number" ? code : 0, reason: `${String(message)}${detail}` };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the value is a JSON object whose fields may be looked at. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
