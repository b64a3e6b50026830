import { once } from "node:events";
import type { KeyCaller } from "@assay/api";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import type { SubnetState } from "../chain/subnet.ts";
import { createDesk, type Desk } from "../testing/desk.ts";
import { createWorld, hotkeyOf, type World } from "../testing/world.ts";
import { SocketRegistry } from "./socket-registry.ts";

let world: World;
let desk: Desk;
let server: WebSocketServer;
let state: SubnetState;
let registry: SocketRegistry;

beforeAll(async () => {
  world = await createWorld();
  desk = await createDesk(world);
  server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  state = desk.backend.subnet.current();
  const subnet = { ...desk.backend.subnet, current: () => state };
  const log = pino({ level: "silent" });
  registry = new SocketRegistry({ db: world.db, clock: world.clock, log, subnet, authDeadlineMs: 60_000 });
});
afterAll(async () => {
  for (const client of server.clients) client.terminate();
  await new Promise((resolve) => server.close(resolve));
  await desk.close();
  await world.close();
});

/** Both ends of a socket that the registry has admitted. */
async function pair(): Promise<{ near: WebSocket; far: WebSocket }> {
  const { port } = server.address() as { port: number };
  const connected = once(server, "connection");
  const far = new WebSocket(`ws://127.0.0.1:${port}`);
  const [near] = (await connected) as [WebSocket];
  await once(far, "open");
  registry.admit(near);
  return { near, far };
}

async function caller(name: string): Promise<KeyCaller> {
  const { address: hotkey } = await hotkeyOf(name);
  const { id } = await desk.as("admin").keys.create({ name, role: "validator", hotkey });
  return { kind: "key", id, name, role: "validator", hotkey };
}

test("counts the sockets of a hotkey while they are open", async () => {
  const who = await caller("Vera");
  const { near, far } = await pair();
  registry.identify(near, who);
  expect(registry.connectionsOf(who.hotkey ?? "")).toBe(1);
  far.close();
  await once(near, "close");
  expect(registry.connectionsOf(who.hotkey ?? "")).toBe(0);
});

test("a sweep ends the sockets of a hotkey that is no longer registered, and no other", async () => {
  const [gone, stays] = [await caller("Vera"), await caller("Viktor")];
  const [one, other] = [await pair(), await pair()];
  registry.identify(one.near, gone);
  registry.identify(other.near, stays);
  await registry.sweep();
  const before = state;
  state = { ...state, neurons: new Map([...state.neurons].filter(([hotkey]) => hotkey !== gone.hotkey)) };
  await registry.sweep();
  const [code, reason] = (await once(one.far, "close")) as [number, Buffer];
  expect([code, reason.toString()]).toEqual([1008, "API_UNKNOWN_HOTKEY"]);
  expect(other.far.readyState).toBe(WebSocket.OPEN);
  state = before;
});

test("what a socket still says after it was cut is not listened to", async () => {
  const who = await caller("Vera");
  const { near, far } = await pair();
  registry.identify(near, who);
  const heard: string[] = [];
  near.on("message", (data: Buffer) => heard.push(data.toString()));
  registry.endKey(who.id);
  far.send("one more thing");
  await once(far, "close");
  expect(heard).toEqual([]);
});

test("a reader that does not read is cut before its backlog grows", async () => {
  const { near, far } = await pair();
  registry.identify(near, await caller("Vera"));
  far.pause();
  near.send(Buffer.alloc(64_000_000));
  expect(near.bufferedAmount).toBeGreaterThan(1_000_000);
  const cut = once(near, "close");
  await registry.sweep();
  await cut;
  far.terminate();
});
