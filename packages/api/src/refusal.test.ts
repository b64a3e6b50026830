import { TRPCError } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { expect, test } from "vitest";
import { ApiError } from "./errors.ts";
import { Refusal } from "./refusal.ts";
import { createRouter, type Verbs } from "./router.ts";

const SECRET = "postgres://user:password@host";

/** The answer to one HTTP request for `leaders.list`, whose verb does `act`. */
async function answer(act: () => Promise<never[]>, path = "leaders.list", init?: RequestInit) {
  const verbs = new Proxy({} as Verbs, {
    get: (_, noun) => (noun === "leaders" ? { list: act } : { get: act, approve: act }),
  });
  const response = await fetchRequestHandler({
    endpoint: "/trpc",
    router: createRouter(verbs),
    req: new Request(`http://test/trpc/${path}`, init),
    createContext: async () => ({ requestId: "r1", caller: { kind: "public" } as const }),
  });
  return { status: response.status, text: await response.text() };
}

function data(text: string): unknown {
  return (JSON.parse(text) as { error: { data: unknown } }).error.data;
}

test("a coded error arrives with status, code, message, facts and request id", async () => {
  const refused = await answer(() =>
    Promise.reject(new ApiError({ code: "API_NOT_FOUND", kind: "leader", id: "x" }, "There is no leader x.")),
  );
  expect(refused.status).toBe(404);
  expect(data(refused.text)).toEqual({
    code: "API_NOT_FOUND",
    message: "There is no leader x.",
    facts: { kind: "leader", id: "x" },
    requestId: "r1",
    httpStatus: 404,
    path: "leaders.list",
  });
});

test("an unknown error leaves as API_INTERNAL with the request id and nothing else", async () => {
  const failed = await answer(() => Promise.reject(new Error(SECRET)));
  expect(failed.status).toBe(500);
  expect(data(failed.text)).toMatchObject({ code: "API_INTERNAL", facts: {}, requestId: "r1" });
  expect(failed.text).not.toContain("password");
  expect(failed.text).not.toContain(".ts");
});

test("a tRPC error thrown by a verb does not carry its text out", async () => {
  const failed = await answer(() =>
    Promise.reject(new TRPCError({ code: "INTERNAL_SERVER_ERROR", message: SECRET })),
  );
  expect(data(failed.text)).toMatchObject({ code: "API_INTERNAL" });
  expect(failed.text).not.toContain("password");
});

test("an output that breaks its schema is an internal error, not an answer", async () => {
  const broken = [{ competitionId: "not an id", secret: SECRET }] as unknown as never[];
  const failed = await answer(() => Promise.resolve(broken));
  expect(failed.status).toBe(500);
  expect(failed.text).not.toContain("password");
});

test("invalid input names every field that is wrong", async () => {
  const input = encodeURIComponent(JSON.stringify({ id: "nonsense" }));
  const refused = await answer(() => Promise.resolve([]), `competitions.get?input=${input}`);
  expect(refused.status).toBe(400);
  expect(data(refused.text)).toMatchObject({
    code: "API_INVALID_INPUT",
    facts: { issues: [{ path: "id", message: "expected an id of kind competition" }] },
  });
});

test("an unknown procedure, a wrong method and a broken body are refused with codes of ours", async () => {
  const none = await answer(() => Promise.resolve([]), "leaders.steal");
  expect([none.status, data(none.text)]).toMatchObject([404, { code: "API_UNKNOWN_PROCEDURE" }]);
  const headers = { "content-type": "application/json" };
  const post = await answer(() => Promise.resolve([]), "leaders.list", {
    method: "POST",
    headers,
    body: "{}",
  });
  expect([post.status, data(post.text)]).toMatchObject([405, { code: "API_METHOD_NOT_SUPPORTED" }]);
  const body = await answer(() => Promise.resolve([]), "candidates.approve", {
    method: "POST",
    headers,
    body: "{",
  });
  expect([body.status, data(body.text)]).toMatchObject([401, { code: "API_UNAUTHENTICATED" }]);
});

test("a refusal keeps its status and request id", () => {
  const refusal = new Refusal(new ApiError({ code: "API_REPLAYED", nonce: "00" }), "r7");
  expect([refusal.code, refusal.requestId]).toEqual(["UNAUTHORIZED", "r7"]);
});
