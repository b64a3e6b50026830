import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import {
  type ApiContext,
  ApiError,
  type Caller,
  callByPath,
  createRouter,
  Refusal,
  type Verbs,
  wireError,
} from "@assay/api";
import { REQUEST_HEADERS, requestBytes, sha256Hex } from "@assay/core";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { applyWSSHandler } from "@trpc/server/adapters/ws";
import { WebSocketServer } from "ws";
import { verifyMark } from "./signer.ts";

export const NETUID = 7;
export const TOKEN = "a good token";

type PartialVerbs = { [Noun in keyof Verbs]?: Partial<Verbs[Noun]> };

/** The contract, served over real sockets, with the verbs a test gives it. */
export type TestBackend = {
  url: string;
  port: number;
  sockets: WebSocketServer;
  /** Tells every socket to connect again. */
  askToReconnect: () => void;
  close: () => Promise<void>;
};

export async function startBackend(given: PartialVerbs, port = 0): Promise<TestBackend> {
  const router = createRouter(completeVerbs(given));
  const server = createServer((request, response) => void answer(request, { response, router }));
  const sockets = new WebSocketServer({ server, path: "/ws" });
  const handler = applyWSSHandler({
    wss: sockets,
    router,
    createContext: ({ info }) => {
      if (info.connectionParams?.["token"] === TOKEN)
        return { requestId: "ws", caller: keyCaller("validator") };
      throw new Refusal(new ApiError({ code: "API_INVALID_KEY" }, "This is not an API key."), "ws");
    },
  });
  const bound = await listen(server, port);
  const close = () =>
    new Promise<void>((resolve) => {
      for (const socket of sockets.clients) socket.terminate();
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const askToReconnect = () => handler.broadcastReconnectNotification();
  return { url: `http://127.0.0.1:${bound}`, port: bound, sockets, askToReconnect, close };
}

/** A port where nobody listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  return new Promise((resolve) => server.close(() => resolve(port)));
}

export function listen(server: Server, port = 0): Promise<number> {
  return new Promise((resolve) => {
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

/** What a test does not give is refused, so that a call that goes astray shows. */
function completeVerbs(given: PartialVerbs): Verbs {
  const astray = () => {
    throw new ApiError({ code: "API_NOT_FOUND", kind: "verb", id: "of this test" });
  };
  const nouns = [
    "artefacts audit candidates competitions cycles jobs keys leaders results rules",
    "snapshots submissions system validators",
  ].flatMap((line) => line.split(" "));
  const verbs =
    "approve claim create fail get heartbeat info latest list put reject report revoke subscribe".split(" ");
  const refusing = Object.fromEntries(verbs.map((verb) => [verb, astray]));
  const own: Record<string, object> = given;
  return asVerbs(Object.fromEntries(nouns.map((noun) => [noun, { ...refusing, ...own[noun] }])));
}

/** Complete by the lists of names above; a name that is missing fails the test that needs it. */
function asVerbs(value: unknown): Verbs {
  return value as Verbs;
}

type Router = ReturnType<typeof createRouter>;

async function answer(
  request: IncomingMessage,
  { response, router }: { response: ServerResponse; router: Router },
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const { method = "GET", url = "/", headers } = request;
  if (url === "/snapshots/latest") return answerRest(request, { response, router });
  const answered = await fetchRequestHandler({
    endpoint: "/trpc",
    router,
    req: new Request(`http://${headers.host}${url}`, {
      method,
      headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
      ...(method === "GET" ? {} : { body }),
    }),
    createContext: () => contextOf(request, body),
  });
  response.writeHead(answered.status, Object.fromEntries(answered.headers));
  response.end(await answered.text());
}

/** The one REST route a client uses, with its entity tag. */
async function answerRest(
  { headers }: IncomingMessage,
  { response, router }: { response: ServerResponse; router: Router },
): Promise<void> {
  const isKnown = headers.authorization === `Bearer ${TOKEN}`;
  const caller: Caller = isKnown ? keyCaller("validator") : { kind: "public" };
  try {
    const ctx = { requestId: "rest", caller };
    const text = JSON.stringify(await callByPath(router, { path: "snapshots.latest", ctx, input: {} }));
    const etag = `"${await sha256Hex(text)}"`;
    if (headers["if-none-match"] === etag) return void response.writeHead(304, { etag }).end();
    response.writeHead(200, { "content-type": "application/json", etag }).end(text);
  } catch (error) {
    const refusal = error instanceof Refusal ? error : new Refusal(error, "rest");
    response.writeHead(400, { "content-type": "application/json" }).end(JSON.stringify(wireError(refusal)));
  }
}

/** Proves a signature the way a backend does: from nothing but what has arrived. */
async function contextOf(request: IncomingMessage, body: Buffer): Promise<ApiContext> {
  const requestId = "request-1";
  try {
    return { requestId, caller: await callerOf(request, body) };
  } catch (error) {
    throw new Refusal(error, requestId);
  }
}

async function callerOf({ headers, method, url = "" }: IncomingMessage, body: Buffer): Promise<Caller> {
  if (headers.authorization === `Bearer ${TOKEN}`) return keyCaller("admin");
  const signature = headers[REQUEST_HEADERS.signature];
  if (typeof signature !== "string") return { kind: "public" };
  const purpose = /^\/trpc\/([^?]*)/.exec(url)?.[1] ?? "";
  const signer = String(headers[REQUEST_HEADERS.signer]);
  const claims = {
    purpose,
    method: method === "GET" ? ("GET" as const) : ("POST" as const),
    target: url,
    audience: `http://${headers.host}`,
    netuid: NETUID,
    signer,
    timestampMs: Number(headers[REQUEST_HEADERS.timestampMs]),
    nonce: String(headers[REQUEST_HEADERS.nonce]),
    bodySha256: await sha256Hex(body),
  };
  if (verifyMark(requestBytes(claims), signature, signer))
    return { kind: "hotkey", hotkey: signer, isValidator: true };
  const facts = { signer, purpose, netuid: NETUID, audiences: [claims.audience] };
  throw new ApiError({ code: "API_INVALID_SIGNATURE", ...facts });
}

function keyCaller(role: "admin" | "validator"): Caller {
  return { kind: "key", id: "key-1", name: "Ada", role, hotkey: null };
}
