import { ApiError, type AppRouter, callByPath, describeProcedures, Refusal, wireError } from "@assay/api";
import { getTRPCErrorFromUnknown } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import type { Context, Hono } from "hono";
import { etag } from "hono/etag";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Backend } from "../backend.ts";
import { countAnswer, timeAnswer } from "../metrics/answers.ts";
import { bodyLimit, readBody } from "./body.ts";
import { admit, type Env, restCallerOf, secondsToWait } from "./context.ts";
import { noteFailure } from "./failures.ts";

/**
 * Serves the REST form of every procedure that has one.
 *
 * Not with the handler that comes with the OpenAPI document: it rewrites the contract's input schemas to coerce, for
 * tRPC callers as well, and rebuilds the whole document with each request.
 */
export function addRestRoutes(
  app: Hono<Env>,
  { backend, router }: { backend: Backend; router: AppRouter },
): void {
  for (const { path, rest } of describeProcedures(router)) {
    if (rest === undefined) continue;
    const route = rest.path.replaceAll(/\{(\w+)\}/g, ":$1");
    app.on(rest.method, route, etag(), (c) => answer(c, { backend, router, path }));
  }
}

type Call = { backend: Backend; router: AppRouter; path: string };

async function answer(c: Context<Env>, { backend, router, path }: Call): Promise<Response> {
  const answered = timeAnswer(backend);
  try {
    await admit(c, backend);
    const caller = await restCallerOf(c, { backend, path });
    const input = { ...(await inputOf(c, path)), ...c.req.param() };
    const ctx = { requestId: c.get("requestId"), caller };
    const output = (await callByPath(router, { path, ctx, input })) ?? null;
    countAnswer(backend, { path, code: "none" });
    return c.json(output);
  } catch (error) {
    const seconds = secondsToWait(error);
    if (seconds !== undefined) c.header("retry-after", seconds);
    return refuse(c, { error, backend, path });
  } finally {
    answered(path);
  }
}

/** Answers with the error as the contract states it. */
export function refuse(
  c: Context<Env>,
  { error, backend, path }: { error: unknown; backend: Backend; path?: string },
): Response {
  const requestId = c.get("requestId");
  const refusal = error instanceof Refusal ? error : new Refusal(getTRPCErrorFromUnknown(error), requestId);
  noteFailure(backend, { error: refusal, path, ctx: { requestId } });
  return c.json(wireError(refusal), statusOf(refusal));
}

/** tRPC's table holds only statuses of answers with a body, which its type does not say. */
function statusOf(refusal: Refusal): ContentfulStatusCode {
  return getHTTPStatusCodeFromError(refusal) as ContentfulStatusCode;
}

async function inputOf(c: Context<Env>, path: string): Promise<object> {
  if (c.req.method === "GET") return c.req.query();
  const text = Buffer.from(await readBody(c.req.raw, bodyLimit(path))).toString("utf8");
  if (text === "") return {};
  const value = parseJson(text);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw malformed("the body is not a JSON object");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed("the body is not JSON");
  }
}

function malformed(reason: string): ApiError {
  return new ApiError({ code: "API_MALFORMED_REQUEST", reason }, `The request is malformed: ${reason}.`);
}
