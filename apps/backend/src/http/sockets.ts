import { randomUUID } from "node:crypto";
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import {
  type ApiContext,
  ApiError,
  type AppRouter,
  ConnectionParams,
  type KeyCaller,
  Refusal,
} from "@assay/api";
import type { TRPCError } from "@trpc/server";
import { applyWSSHandler, type CreateWSSContextFnOptions } from "@trpc/server/adapters/ws";
import { type WebSocket, WebSocketServer } from "ws";
import { authenticateToken } from "../auth/api-key.ts";
import { assertPossession } from "../auth/possession.ts";
import type { Backend } from "../backend.ts";
import { MAX_BATCH } from "./app.ts";
import { noteFailure } from "./failures.ts";
import { SocketLimits } from "./socket-limits.ts";
import type { SocketRegistry } from "./socket-registry.ts";

const PATH = "/ws";
/** What a client says is small: an API key, a subscription, a version. */
const MAX_PAYLOAD_BYTES = 65_536;
const GOING_AWAY = 1001;
/** Time a socket has to answer a goodbye. */
const GOODBYE_MS = 3_000;

export type Sockets = {
  /** Asks everybody to connect elsewhere, then closes. */
  close(): Promise<void>;
};

export type SocketOptions = { backend: Backend; router: AppRouter; registry: SocketRegistry };

/** Serves the contract over WebSocket: the only way to subscribe. */
export function serveSockets(server: Server, options: SocketOptions): Sockets {
  const { backend, router, registry } = options;
  const limits = new SocketLimits();
  const wss = new WebSocketServer({ noServer: true, maxPayload: MAX_PAYLOAD_BYTES });
  const handler = applyWSSHandler({
    wss,
    router,
    createContext: (opening) => contextOf(opening, { ...options, limits }),
    keepAlive: { enabled: true, pingMs: 15_000, pongWaitMs: 10_000 },
    maxBatchSize: MAX_BATCH,
    onError: ({ error, path, ctx }) => noteFailure(backend, { error: faultOf(error), path, ctx }),
  });
  wss.on("connection", (socket, request) => {
    limits.admit(socket, backend.requests.addressOf(request));
    registry.admit(socket);
  });
  const open = async (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    if (!isWelcome(request, backend)) return refuse(stream, "404 Not Found");
    const hasRoom = limits.hasRoom(backend.requests.addressOf(request));
    if (!hasRoom || (await backend.requests.take(request)) > 0)
      return refuse(stream, "429 Too Many Requests");
    wss.handleUpgrade(request, stream, head, (socket) => wss.emit("connection", socket, request));
  };
  server.on("upgrade", (request, stream, head) => {
    // The server lets go of a stream that asks for an upgrade: without a listener, a caller who hangs up ends the process.
    stream.on("error", () => stream.destroy());
    void open(request, stream, head);
  });
  return {
    close: () => {
      handler.broadcastReconnectNotification();
      for (const socket of wss.clients) socket.close(GOING_AWAY, "the backend stops");
      return ended(wss);
    },
  };
}

/** Resolves when every socket has ended; those that do not answer the goodbye are cut. */
async function ended(wss: WebSocketServer): Promise<void> {
  const closed = new Promise<void>((resolve) => wss.close(() => resolve()));
  const impatience = setTimeout(() => wss.clients.forEach((socket) => socket.terminate()), GOODBYE_MS);
  await closed;
  clearTimeout(impatience);
}

/** What the other end does to its connection is no failure of the backend. */
const FAULT_OF_CALLER = /^(WS_ERR_|ECONN|EPIPE|ETIMEDOUT)/;

function faultOf(error: TRPCError): TRPCError {
  const { cause } = error;
  if (!(cause instanceof Error && "code" in cause && FAULT_OF_CALLER.test(String(cause.code)))) return error;
  const reason = `the socket failed: ${cause.message}`;
  return new Refusal(
    new ApiError({ code: "API_MALFORMED_REQUEST", reason }, reason, { cause }),
    randomUUID(),
  );
}

/** A page of another origin must not use its visitor's network place; programs send no origin. */
function isWelcome({ url = "", headers }: IncomingMessage, { audiences }: Backend): boolean {
  const isOurPath = url === PATH || url.startsWith(`${PATH}?`);
  return isOurPath && (headers.origin === undefined || audiences.includes(headers.origin));
}

function refuse(stream: Duplex, status: string): void {
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** Made once per socket, from the API key that is its first message. */
async function contextOf(
  { res: socket, info }: CreateWSSContextFnOptions,
  { backend, registry, limits }: SocketOptions & { limits: SocketLimits },
): Promise<ApiContext> {
  const requestId = randomUUID();
  try {
    const params = ConnectionParams.safeParse(info.connectionParams);
    if (!params.success) throw new ApiError({ code: "API_UNAUTHENTICATED", needs: "viewer" });
    const caller = await authenticateToken(backend, params.data.token);
    assertRegistered(caller, backend);
    await assertPossession(backend, { caller, params: params.data });
    registry.identify(socket as WebSocket, caller);
    limits.release(socket as WebSocket);
    return { requestId, caller };
  } catch (error) {
    throw new Refusal(error, requestId);
  }
}

function assertRegistered({ hotkey }: KeyCaller, { subnet, netuid }: Backend): void {
  if (hotkey === null || subnet.current().neurons.has(hotkey)) return;
  throw new ApiError({ code: "API_UNKNOWN_HOTKEY", hotkey, netuid });
}
