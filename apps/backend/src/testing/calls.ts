import { createHash, randomBytes } from "node:crypto";
import { REQUEST_HEADERS, REQUEST_SCHEME, requestBytes, type Signer } from "@assay/core";
import { NETUID } from "./world.ts";

/** An answer as it came over HTTP. */
export type Answer = {
  status: number;
  headers: Headers;
  /** What the procedure returned, if it did. */
  data: unknown;
  /** The error's code, if it was refused. */
  code: string | undefined;
  error: { code: string; message: string; facts: Record<string, unknown>; requestId: string } | undefined;
};

export type SignedCall = {
  url: string;
  path: string;
  signer: Signer;
  timestampMs: number;
  input?: unknown;
  method?: "GET" | "POST";
  /** Where it goes instead of the procedure's own address. */
  target?: string;
};

export type Prepared = {
  target: string;
  method: string;
  headers: Record<string, string>;
  body: string | undefined;
};

/** What a forger may claim otherwise than the request says. */
export type Claims = Partial<Parameters<typeof requestBytes>[0]>;

/** Signs a request as a miner or validator does; `lies` replaces what is signed, not what is sent. */
export async function prepare(call: SignedCall, lies: Claims = {}): Promise<Prepared> {
  const { url, path, signer, timestampMs, input, method = "POST" } = call;
  const text = input === undefined ? undefined : JSON.stringify(input);
  const query = method === "GET" && text !== undefined ? `?input=${encodeURIComponent(text)}` : "";
  const target = call.target ?? `/trpc/${path}${query}`;
  const body = method === "POST" ? text : undefined;
  const bodySha256 = createHash("sha256")
    .update(body ?? "")
    .digest("hex");
  const nonce = randomBytes(16).toString("hex");
  const stated = { signer: signer.address, timestampMs, nonce, bodySha256 };
  const claims = { purpose: path, method, target, audience: url, netuid: NETUID, ...stated };
  const signature = await signer.sign(requestBytes({ ...claims, ...lies }));
  const values = { scheme: REQUEST_SCHEME, ...stated, signature };
  const headers = Object.entries(values).map(([field, value]) => [
    REQUEST_HEADERS[field as keyof typeof REQUEST_HEADERS],
    String(value),
  ]);
  return {
    target,
    method,
    headers: { "content-type": "application/json", ...Object.fromEntries(headers) },
    body,
  };
}

/** Sends a prepared request. */
export async function send(url: string, { target, ...init }: Prepared): Promise<Answer> {
  return answerOf(await fetch(url + target, { ...init, body: init.body ?? null }));
}

/** Signs and sends. */
export async function callSigned(call: SignedCall, lies: Claims = {}): Promise<Answer> {
  return send(call.url, await prepare(call, lies));
}

/** Calls a procedure with an API key, or without one. */
export async function callWithKey(
  url: string,
  {
    path,
    input,
    token,
    method = "POST",
  }: { path: string; input?: unknown; token?: string; method?: "GET" | "POST" },
): Promise<Answer> {
  const headers = {
    "content-type": "application/json",
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  const text = input === undefined ? undefined : JSON.stringify(input);
  const query = method === "GET" && text !== undefined ? `?input=${encodeURIComponent(text)}` : "";
  const body = method === "POST" ? (text ?? null) : null;
  return answerOf(await fetch(`${url}/trpc/${path}${query}`, { method, headers, body }));
}

async function answerOf(response: Response): Promise<Answer> {
  const json = (await response.json()) as {
    result?: { data: unknown };
    error?: { data: NonNullable<Answer["error"]> };
  };
  const { status, headers } = response;
  const error = json.error?.data;
  return { status, headers, data: json.result?.data, code: error?.code, error };
}
