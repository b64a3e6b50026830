import { httpLink, TRPCClientError, TRPCUntypedClient } from "@trpc/client";
import { ClientError } from "./errors.ts";
import { type Kind, kindOf } from "./procedures.ts";
import type { Settings } from "./settings.ts";
import { signRequest } from "./sign.ts";
import { readWireError } from "./wire-error.ts";

export type CallOptions = { signal?: AbortSignal | undefined };

/** Calls one procedure by its path. */
export type Call = (path: string, input: unknown, options?: CallOptions) => Promise<unknown>;

/** Calls over HTTP, one request each, so that a signature belongs to exactly one procedure. */
export function httpCaller(settings: Settings): Call {
  const link = httpLink({ url: settings.httpUrl, fetch: authenticatedFetch(settings) });
  const client = new TRPCUntypedClient({ links: [link] });
  return async (path, input, { signal: asked } = {}) => {
    const deadline = AbortSignal.timeout(settings.timeoutMs);
    const signal = asked === undefined ? deadline : AbortSignal.any([asked, deadline]);
    const isMutation = kindOf(path)?.endsWith(" mutation") === true;
    try {
      return await (isMutation
        ? client.mutation(path, input, { signal })
        : client.query(path, input, { signal }));
    } catch (error) {
      asked?.throwIfAborted();
      throw deadline.aborted ? timeout(path, settings) : explain(error, { path, settings });
    }
  };
}

type Fetch = (input: unknown, init?: unknown) => Promise<Response>;

/** Everything a credential covers is known only here: the address, the method and the bytes of the body. */
function authenticatedFetch(settings: Settings): Fetch {
  return async (input, init) => {
    const url = new URL(String(input));
    const { method, body, headers, signal } = asRequest(init);
    const path = decodeURIComponent(url.pathname.slice(new URL(settings.httpUrl).pathname.length + 1));
    const credentials = await credentialsOf({ purpose: path, method, url, body: body ?? "" }, settings);
    const response = await settings.fetch(url, {
      method,
      ...(body === undefined ? {} : { body }),
      ...(signal === undefined ? {} : { signal }),
      headers: { ...headers, ...credentials },
      // A redirect would carry credentials to a place that nobody has chosen.
      redirect: "error",
    });
    return assertJson(response, path);
  };
}

type LinkRequest = {
  method: "GET" | "POST";
  body?: string;
  headers: Record<string, string>;
  signal?: AbortSignal;
};

/** The link types its request for any `fetch`, but always makes one of this shape from JSON input. */
function asRequest(init: unknown): LinkRequest {
  return init as LinkRequest;
}

/** Only who shows a key is told of these at once, before they are on chain; a validator also proves that it is its own. */
const DELAYED = /^(snapshots|leaders|leaderboards|submissions)\./;

/** What a request is shown with, by its procedure. */
export async function credentialsOf(
  request: Parameters<typeof signRequest>[0],
  settings: Settings,
): Promise<Record<string, string>> {
  const { signer, apiKey } = settings;
  const path = request.purpose;
  const kind: Kind = kindOf(path) ?? "public query";
  if (kind.startsWith("signed ")) return signatureOf(request, settings);
  const isDelayed = DELAYED.test(path);
  if (kind.startsWith("public ") && (apiKey === undefined || !isDelayed)) return {};
  const authorization = `Bearer ${requireApiKey(apiKey, path)}`;
  if (signer === undefined || !isDelayed) return { authorization };
  return { authorization, ...(await signatureOf(request, settings)) };
}

async function signatureOf(
  request: Parameters<typeof signRequest>[0],
  { signer, netuid, clock }: Settings,
): Promise<Record<string, string>> {
  const path = request.purpose;
  if (signer === undefined) throw new ClientError({ code: "CLIENT_NO_SIGNER", path });
  try {
    return await signRequest(request, { signer, netuid, timestampMs: clock.now() });
  } catch (cause) {
    const facts = { code: "CLIENT_SIGNING_FAILED", path, signer: signer.address } as const;
    throw new ClientError(facts, undefined, { cause });
  }
}

/** The API key; throws CLIENT_NO_API_KEY. */
export function requireApiKey(apiKey: string | undefined, path: string): string {
  if (apiKey !== undefined) return apiKey;
  throw new ClientError({ code: "CLIENT_NO_API_KEY", path });
}

function assertJson(response: Response, path: string): Response {
  const type = response.headers.get("content-type") ?? "nothing";
  if (type.includes("json")) return response;
  const { status } = response;
  throw new ClientError({ code: "CLIENT_BAD_ANSWER", path, status, reason: `${type} in place of JSON` });
}

function timeout(path: string, { timeoutMs }: Settings): ClientError {
  return new ClientError({ code: "CLIENT_TIMEOUT", path, timeoutMs });
}

/** The coded error behind a failure of the link. */
function explain(error: unknown, { path, settings }: { path: string; settings: Settings }): unknown {
  if (!(error instanceof TRPCClientError)) return error;
  const { cause, data, meta } = error;
  if (cause instanceof ClientError) return cause;
  const refusal = readWireError(data);
  if (refusal !== undefined) return refusal;
  const options = { cause: cause ?? error };
  if (meta?.["response"] === undefined && !(cause instanceof SyntaxError)) {
    const facts = {
      code: "CLIENT_UNREACHABLE",
      url: settings.httpUrl,
      reason: reasonOf(cause ?? error),
    } as const;
    return new ClientError(facts, undefined, options);
  }
  const facts = { code: "CLIENT_BAD_ANSWER", path, status: null, reason: error.message } as const;
  return new ClientError(facts, undefined, options);
}

/** `fetch` says only that it failed; what failed is the code or message of its cause. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause: unknown = error.cause;
  if (!(cause instanceof Error)) return error.message;
  return "code" in cause && typeof cause.code === "string" ? cause.code : cause.message;
}
