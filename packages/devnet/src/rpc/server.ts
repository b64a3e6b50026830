import { type RawData, type WebSocket, WebSocketServer } from "ws";
import { DevnetError } from "../errors.ts";
import type { Router } from "./router.ts";
import { Session } from "./session.ts";

/** Largest frame taken from a client; a full block of weights is far smaller. */
const MAX_PAYLOAD = 16 * 1024 * 1024;
/** A client that does not read is cut off here rather than filling our memory. */
const MAX_BUFFERED = 64 * 1024 * 1024;

export type RpcServer = { readonly port: number; close(): Promise<void> };

/** Serves JSON-RPC over WebSocket. */
export async function serveRpc(router: Router, at: { host: string; port: number }): Promise<RpcServer> {
  const server = new WebSocketServer({ ...at, maxPayload: MAX_PAYLOAD });
  server.on("connection", (socket) => serve(socket, router));
  await listening(server, at);
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : at.port;
  return { port, close: () => close(server) };
}

function serve(socket: WebSocket, router: Router): void {
  const session = new Session((frame) => send(socket, frame));
  socket.on("message", (data) => session.answer(() => router(textOf(data), session)));
  socket.on("close", () => session.close());
  // A frame over the limit or a broken one ends this connection only.
  socket.on("error", () => socket.terminate());
}

function send(socket: WebSocket, frame: unknown): void {
  if (socket.readyState !== socket.OPEN) return;
  if (socket.bufferedAmount > MAX_BUFFERED) return socket.terminate();
  socket.send(JSON.stringify(frame));
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return Buffer.from(data as ArrayBuffer).toString();
}

function listening(server: WebSocketServer, at: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("listening", resolve);
    server.once("error", (cause) => {
      const message = `cannot listen on ${at.host}:${at.port}`;
      reject(new DevnetError({ code: "DEVNET_PORT_UNAVAILABLE", ...at }, message, { cause }));
    });
  });
}

function close(server: WebSocketServer): Promise<void> {
  for (const client of server.clients) client.terminate();
  return new Promise((resolve) => server.close(() => resolve()));
}
