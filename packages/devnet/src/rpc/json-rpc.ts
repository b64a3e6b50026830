import { DevnetError } from "../errors.ts";

/** Codes of JSON-RPC 2.0 itself. */
export const RPC_CODE = {
  parse: -32_700,
  invalidRequest: -32_600,
  methodNotFound: -32_601,
  invalidParams: -32_602,
  internal: -32_603,
  unknownBlock: -32_000,
  runtimeCall: 4_003,
} as const;

export type Id = string | number | null;
export type Request = { readonly id: Id; readonly method: string; readonly params: readonly unknown[] };

export function rpcError(rpcCode: number, message: string, data: string | null = null): DevnetError {
  return new DevnetError({ code: "DEVNET_RPC", rpcCode, data }, message);
}

/** One element of a frame as a request; anything else is refused. */
export function asRequest(value: unknown): Request {
  if (typeof value !== "object" || value === null) throw rpcError(RPC_CODE.invalidRequest, "Invalid request");
  const { method, params = [] } = value as Readonly<Record<string, unknown>>;
  if (typeof method !== "string" || !Array.isArray(params)) {
    throw rpcError(RPC_CODE.invalidRequest, "Invalid request");
  }
  return { id: idOf(value), method, params };
}

/** The id to answer under, null if the frame has none that can be used. */
export function idOf(value: unknown): Id {
  const id: unknown = typeof value === "object" && value !== null && "id" in value ? value.id : null;
  return typeof id === "string" || typeof id === "number" ? id : null;
}

export function success(id: Id, result: unknown): unknown {
  return { jsonrpc: "2.0", id, result: result ?? null };
}

/** The error answer; what is no refusal of ours is internal and says no more than its message. */
export function failure(id: Id, error: unknown): unknown {
  return { jsonrpc: "2.0", id, error: describeError(error) };
}

function describeError(error: unknown): { code: number; message: string; data?: string } {
  if (!(error instanceof DevnetError)) return { code: RPC_CODE.internal, message: messageOf(error) };
  if (error.code !== "DEVNET_RPC") return { code: RPC_CODE.invalidParams, message: error.message };
  const { rpcCode, data } = error.facts as { rpcCode: number; data: string | null };
  return { code: rpcCode, message: error.message, ...(data === null ? {} : { data }) };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `Internal error: ${error.message}` : "Internal error";
}
