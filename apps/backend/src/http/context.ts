import { randomUUID } from "node:crypto";
import { type ApiContext, ApiError, type Caller, Refusal } from "@assay/api";
import type { HttpBindings } from "@hono/node-server";
import type { Context, Next } from "hono";
import { authenticateToken } from "../auth/api-key.ts";
import { assertHolder } from "../auth/possession.ts";
import { authenticateSignature, isSigned, type ReceivedRequest } from "../auth/signed-request.ts";
import type { Backend } from "../backend.ts";
import { bodyLimit, readBody, SMALL } from "./body.ts";

/** What Hono carries for one request. */
export type Env = { Bindings: HttpBindings; Variables: { requestId: string } };

/** What every answer says to browsers and caches: it is data of one caller, never a page. */
const ANSWER_HEADERS = {
  "cache-control": "private, no-cache",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "strict-transport-security": "max-age=31536000",
  "x-content-type-options": "nosniff",
} as const;

/** Gives every request an id, which its answer and the log share. */
export async function identify(c: Context<Env>, next: Next): Promise<void> {
  const requestId = randomUUID();
  c.set("requestId", requestId);
  await next();
  c.header("x-request-id", requestId);
  for (const [name, value] of Object.entries(ANSWER_HEADERS)) c.header(name, value);
}

/** Who makes a tRPC request: its hotkey if it is signed, else its API key, else nobody in particular. */
export async function contextOf(
  c: Context<Env>,
  { backend, headers }: { backend: Backend; headers: Headers },
): Promise<ApiContext> {
  const requestId = c.get("requestId");
  try {
    await admit(c, backend);
    return { requestId, caller: await callerOf(c, backend) };
  } catch (error) {
    const seconds = secondsToWait(error);
    if (seconds !== undefined) headers.set("retry-after", seconds);
    throw new Refusal(error, requestId);
  }
}

/** Turns away who asks too often, before anything is read or verified; throws API_RATE_LIMITED. */
export async function admit(c: Context<Env>, backend: Backend): Promise<void> {
  const retryAfterSeconds = await backend.requests.take(c.env.incoming);
  if (retryAfterSeconds === 0) return;
  const message = `Too many requests from this address; there is room again in ${retryAfterSeconds} s.`;
  throw new ApiError({ code: "API_RATE_LIMITED", retryAfterSeconds }, message);
}

/** What `Retry-After` says to whoever is refused for asking too often; undefined for every other refusal. */
export function secondsToWait(error: unknown): string | undefined {
  if (!(error instanceof ApiError) || !("retryAfterSeconds" in error.facts)) return undefined;
  return String(error.facts.retryAfterSeconds);
}

async function callerOf(c: Context<Env>, backend: Backend): Promise<Caller> {
  const request = receivedRequest(c, purposeOf(c.env.incoming.url ?? ""));
  const showsKey = c.req.header("authorization") !== undefined;
  if (isSigned(request) && !showsKey) return authenticateSignature(backend, request);
  await request.body();
  return keyCallerOf(c, { backend, request });
}

/** Who makes a REST request of a procedure: only API keys do, those of validators with a signature beside them. */
export function restCallerOf(
  c: Context<Env>,
  { backend, path }: { backend: Backend; path: string },
): Promise<Caller> {
  return keyCallerOf(c, { backend, request: receivedRequest(c, path) });
}

/** Who shows an API key in `Authorization: Bearer`; nobody in particular without one. */
async function keyCallerOf(
  c: Context<Env>,
  { backend, request }: { backend: Backend; request: ReceivedRequest },
): Promise<Caller> {
  const header = c.req.header("authorization");
  if (header === undefined) return { kind: "public" };
  const caller = await authenticateToken(backend, header.replace(/^Bearer /i, ""));
  await assertHolder(backend, { caller, request });
  return caller;
}

/** The request as the signature must see it; reading the body keeps it for whoever handles the request. */
function receivedRequest(c: Context<Env>, purpose: string): ReceivedRequest {
  const target = c.env.incoming.url ?? "";
  const header = (name: string) => c.req.header(name);
  return {
    method: c.req.method,
    target,
    purpose,
    header,
    body: async () => {
      if (c.req.method === "GET" || c.req.method === "HEAD") return new Uint8Array();
      const { url, headers, method } = c.req.raw;
      const isLarge = isSigned({ header }) && header("authorization") === undefined;
      const body = await readBody(c.req.raw, isLarge ? bodyLimit(purpose) : SMALL);
      c.req.raw = new Request(url, { method, headers, body: Uint8Array.from(body) });
      return body;
    },
  };
}

/** Path of the procedure in `/trpc/<path>?…`. */
function purposeOf(target: string): string {
  return target.replace(/^\/trpc\//, "").replace(/\?.*$/s, "");
}
