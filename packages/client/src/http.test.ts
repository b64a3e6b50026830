import { createServer } from "node:http";
import { ApiError } from "@assay/api";
import { afterAll, expect, test } from "vitest";
import { createClient } from "./client.ts";
import { ClientError, isRetryable } from "./errors.ts";
import type { ClientOptions } from "./settings.ts";
import { freePort, listen, NETUID, startBackend, TOKEN } from "./testing/backend.ts";
import { CANDIDATE, COMPETITION } from "./testing/records.ts";
import { ALICE, markingSigner } from "./testing/signer.ts";

const seen: unknown[] = [];
const backend = await startBackend({
  leaders: { list: async () => [] },
  competitions: {
    list: async (_ctx, input) => {
      seen.push(input);
      return { items: [], nextCursor: null };
    },
  },
  artefacts: { get: async ({ caller }, { sha256 }) => ({ sha256, artefact: btoa(caller.hotkey) }) },
  jobs: {
    claim: async () => null,
    fail: async (_ctx, { id, attempt, reason }) => {
      seen.push(reason);
      return { id, attempt, willRetry: true, attemptsLeft: 1 };
    },
  },
  candidates: {
    approve: async (_ctx, { id }) => {
      throw new ApiError({ code: "API_CANDIDATE_NOT_PENDING", id, status: "approved" }, "Ada was faster.");
    },
  },
  rules: {
    get: async () => {
      throw new Error("secret detail");
    },
  },
});
afterAll(() => backend.close());

const client = (options: Partial<ClientOptions> = {}) =>
  createClient({ url: backend.url, netuid: NETUID, signer: markingSigner(), apiKey: TOKEN, ...options });

/** What a call fails with. */
async function failure(call: Promise<unknown>): Promise<ClientError> {
  const error: unknown = await call.then(
    () => "no failure",
    (reason: unknown) => reason,
  );
  if (error instanceof ClientError) return error;
  throw new Error(`not a ClientError: ${String(error)}`, { cause: error });
}

/** A server that answers everything the same way. */
async function serve(answer: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(answer);
  const port = await listen(server);
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${port}`;
}

test("what is public needs no credential", async () => {
  const stranger = createClient({ url: `${backend.url}/`, netuid: NETUID });
  expect(await stranger.leaders.list()).toEqual([]);
});

test("a signed mutation is accepted, with a body and without", async () => {
  expect(await client().jobs.claim()).toBeNull();
  const id = "job_019329a4-5c00-7000-8000-000000000002";
  await client().jobs.fail({ id, attempt: 1, reason: "café – 𝛼 'quoted'" });
  expect(seen.pop()).toBe("café – 𝛼 'quoted'");
});

test("a signed query is accepted with its input in the address", async () => {
  const { artefact } = await client().artefacts.get({ sha256: "ab".repeat(32) });
  expect(atob(artefact)).toBe(ALICE);
});

test("a query's input arrives as it was given, whatever its characters", async () => {
  const cursor = `it's "100 %" of /?&=#+ <é>`;
  await client().competitions.list({ limit: 5, cursor });
  expect(seen.pop()).toEqual({ limit: 5, cursor });
});

test("a request for another subnet is refused by the backend", async () => {
  expect(await failure(client({ netuid: 8 }).jobs.claim())).toMatchObject({
    code: "API_INVALID_SIGNATURE",
    facts: { purpose: "jobs.claim", netuid: 7 },
  });
});

test("a refusal keeps its code, facts, message and request id", async () => {
  const error = await failure(client().candidates.approve({ id: CANDIDATE }));
  expect(error).toBeInstanceOf(ClientError);
  expect(error).toMatchObject({
    name: "ClientError",
    code: "API_CANDIDATE_NOT_PENDING",
    facts: { id: CANDIDATE, status: "approved" },
    message: "Ada was faster.",
    requestId: "request-1",
  });
  expect(isRetryable(error)).toBe(false);
});

test("an internal failure says nothing but its request id", async () => {
  const error = await failure(client().rules.get());
  expect(error).toMatchObject({ code: "API_INTERNAL", facts: {}, requestId: "request-1" });
  expect(JSON.stringify(error)).not.toContain("secret");
  expect(isRetryable(error)).toBe(true);
});

test("an invalid input names its fields", async () => {
  const error = await failure(client().submissions.list({ limit: 1_000 }));
  expect(error).toMatchObject({ code: "API_INVALID_INPUT", facts: { issues: [{ path: "limit" }] } });
});

test("without its credential a call does not leave", async () => {
  const stranger = client({ url: "http://127.0.0.1:1", signer: undefined, apiKey: undefined });
  const competition = { name: "race" } as unknown as Parameters<typeof stranger.competitions.create>[0];
  expect(await failure(stranger.jobs.claim())).toMatchObject({
    code: "CLIENT_NO_SIGNER",
    facts: { path: "jobs.claim" },
  });
  expect(await failure(stranger.competitions.create(competition))).toMatchObject({
    code: "CLIENT_NO_API_KEY",
    facts: { path: "competitions.create" },
  });
});

test("a signer that fails is told from a backend that does", async () => {
  const signer = {
    address: ALICE,
    sign: () => {
      throw new Error("the device is locked");
    },
  };
  const error = await failure(client({ signer }).jobs.claim());
  expect(error).toMatchObject({ code: "CLIENT_SIGNING_FAILED", cause: { message: "the device is locked" } });
  expect(isRetryable(error)).toBe(false);
});

test("a backend that is not there is unreachable", async () => {
  const error = await failure(client({ url: `http://127.0.0.1:${await freePort()}` }).leaders.list());
  expect(error).toMatchObject({ code: "CLIENT_UNREACHABLE", facts: { reason: "ECONNREFUSED" } });
  expect(isRetryable(error)).toBe(true);
});

test("a backend that never answers is given up", async () => {
  const url = await serve(() => {});
  const error = await failure(client({ url, timeoutMs: 30 }).leaders.list());
  expect(error).toMatchObject({ code: "CLIENT_TIMEOUT", facts: { path: "leaders.list", timeoutMs: 30 } });
});

test("a backend that stops in the middle of its answer is given up", async () => {
  const url = await serve((_request, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.write('{"result":');
  });
  const error = await failure(client({ url, timeoutMs: 100 }).leaders.list());
  expect(error.code).toBe("CLIENT_TIMEOUT");
});

test.each([
  ["a proxy's page", 502, "text/html", "<h1>Bad gateway</h1>"],
  ["broken JSON", 200, "application/json", '{"result":'],
  ["JSON that is no answer", 200, "application/json", '{"hello":1}'],
  ["an error without a code", 500, "application/json", '{"error":{"message":"x","code":-32603,"data":{}}}'],
])("%s is not taken for an answer", async (_name, status, type, body) => {
  const url = await serve((_request, response) => {
    response.writeHead(status, { "content-type": type }).end(body);
  });
  const error = await failure(client({ url }).leaders.list());
  expect(error).toMatchObject({ code: "CLIENT_BAD_ANSWER", facts: { path: "leaders.list" } });
});

test("a redirect is not followed, so credentials go nowhere else", async () => {
  const visitors: (string | undefined)[] = [];
  const elsewhere = await serve((request, response) => {
    visitors.push(request.headers.authorization);
    response.end("{}");
  });
  const url = await serve((_request, response) => {
    response.writeHead(307, { location: `${elsewhere}/trpc/audit.list` }).end();
  });
  expect((await failure(client({ url }).audit.list({ limit: 1 }))).code).toBe("CLIENT_UNREACHABLE");
  expect(visitors).toEqual([]);
});

test("the caller's own signal ends a call with the caller's own reason", async () => {
  const url = await serve(() => {});
  const controller = new AbortController();
  const call = client({ url }).leaders.list(undefined, { signal: controller.signal });
  controller.abort(new Error("no longer needed"));
  await expect(call).rejects.toThrow("no longer needed");
});

test("the time of a request is the clock's", async () => {
  let timestamp: string | null = null;
  const noted: typeof fetch = (input, init) => {
    timestamp = new Headers(init?.headers).get("x-assay-timestamp");
    return fetch(input, init);
  };
  await client({ clock: { now: () => 1_800_000_000_123 }, fetch: noted }).jobs.claim();
  expect(timestamp).toBe("1800000000123");
});

test("an unknown competition is an ordinary refusal", async () => {
  expect(await failure(client().competitions.get({ id: COMPETITION }))).toMatchObject({
    code: "API_NOT_FOUND",
  });
});

test("what is told early is asked for with key and signature, what is public with neither", async () => {
  const shown: Record<string, string[]> = {};
  const noted: typeof fetch = (input, init) => {
    const names = [...new Headers(init?.headers).keys()].filter((name) =>
      /^(authorization|x-assay-)/.test(name),
    );
    shown[input instanceof URL ? input.pathname : "elsewhere"] = names;
    return fetch(input, init);
  };
  await client({ fetch: noted }).leaders.list();
  await client({ fetch: noted }).competitions.list({});
  expect(shown["/trpc/leaders.list"]).toEqual(expect.arrayContaining(["authorization", "x-assay-signature"]));
  expect(shown["/trpc/competitions.list"]).toEqual([]);
  await client({ fetch: noted, signer: undefined }).leaders.list();
  expect(shown["/trpc/leaders.list"]).toEqual(["authorization"]);
  await client({ fetch: noted, apiKey: undefined }).leaders.list();
  expect(shown["/trpc/leaders.list"]).toEqual([]);
});
