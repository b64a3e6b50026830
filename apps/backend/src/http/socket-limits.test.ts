import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { SocketLimits } from "./socket-limits.ts";

let server: WebSocketServer;
beforeAll(async () => {
  server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
});
afterAll(async () => {
  for (const client of server.clients) client.terminate();
  await new Promise((resolve) => server.close(resolve));
});

/** Both ends of a socket. */
async function pair(): Promise<{ near: WebSocket; far: WebSocket }> {
  const connected = once(server, "connection");
  const far = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const [near] = (await connected) as [WebSocket];
  await once(far, "open");
  return { near, far };
}

test("an address has so many sockets that have not said whose they are, and another as many", async () => {
  const limits = new SocketLimits();
  const pairs = [];
  for (let count = 0; count < 32; count += 1) pairs.push(await pair());
  for (const { near } of pairs) {
    expect(limits.hasRoom("10.0.0.1")).toBe(true);
    limits.admit(near, "10.0.0.1");
  }
  expect(limits.hasRoom("10.0.0.1")).toBe(false);
  expect(limits.hasRoom("10.0.0.2")).toBe(true);
  const [known, closing] = pairs;
  limits.release(known?.near as WebSocket);
  expect(limits.hasRoom("10.0.0.1")).toBe(true);
  limits.admit(known?.near as WebSocket, "10.0.0.1");
  expect(limits.hasRoom("10.0.0.1")).toBe(false);
  closing?.far.terminate();
  await once(closing?.near as WebSocket, "close");
  expect(limits.hasRoom("10.0.0.1")).toBe(true);
});

test.each(["message", "ping"])(
  "who floods a socket with each %s is cut, and no longer heard",
  async (kind) => {
    const { near, far } = await pair();
    new SocketLimits(() => 0).admit(near, "10.0.0.1");
    let heard = 0;
    near.on("message", () => {
      heard += 1;
    });
    const closed = once(far, "close");
    const say = () => (kind === "ping" ? far.ping() : far.send("again"));
    for (let count = 0; count < 100; count += 1) say();
    const [code, reason] = (await closed) as [number, Buffer];
    expect([code, reason.toString()]).toEqual([1008, "API_RATE_LIMITED"]);
    expect(heard).toBeLessThanOrEqual(61);
  },
);

test("who says little for a long time may go on", async () => {
  const { near, far } = await pair();
  let now = 0;
  new SocketLimits(() => now).admit(near, "10.0.0.1");
  for (let count = 0; count < 200; count += 1) {
    const heard = once(near, "message");
    far.send("still here");
    await heard;
    now += 500;
  }
  expect(far.readyState).toBe(WebSocket.OPEN);
});

test("who asks for more without reading what came is cut at once", async () => {
  const { near, far } = await pair();
  new SocketLimits(() => 0).admit(near, "10.0.0.1");
  far.pause();
  near.send(Buffer.alloc(64_000_000));
  const closed = once(near, "close");
  far.send("more");
  await closed;
  far.terminate();
});
