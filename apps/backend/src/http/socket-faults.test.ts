import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunningBackend } from "../start.ts";
import { dial } from "../testing/line.ts";
import { createWorld, type World } from "../testing/world.ts";

let world: World;
let backend: RunningBackend;
const lines: { level: number; msg: string; code?: string }[] = [];
beforeAll(async () => {
  world = await createWorld();
  const log = pino({ level: "debug" }, { write: (line: string) => lines.push(JSON.parse(line)) });
  backend = await world.launch({ log });
});
afterAll(() => world.close());

const upgrade = (path: string) =>
  [
    `GET ${path} HTTP/1.1`,
    "Host: test",
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`,
    "\r\n",
  ].join("\r\n");

/** Level and code of what was noted about requests. */
const noted = () =>
  lines.filter(({ msg }) => msg.startsWith("request ")).map(({ level, code }) => [level, code]);

test("what a stranger does to a socket raises no alarm", async () => {
  const line = dial(backend);
  await once(line.socket, "open");
  line.socket.send("x".repeat(70_000));
  expect((await line.closed).code).toBe(1009);
  await expect.poll(noted, { timeout: 60_000 }).toEqual([[20, "API_MALFORMED_REQUEST"]]);
});

test.each(["/elsewhere", "/ws"])("callers of %s who hang up at once do not end the process", async (path) => {
  for (let count = 0; count < 100; count += 1) {
    const caller = connect(Number(new URL(backend.url).port), "127.0.0.1");
    caller.on("error", () => {});
    await once(caller, "connect");
    caller.write(upgrade(path));
    if (count % 2 === 0) await new Promise((resolve) => setImmediate(resolve));
    caller.resetAndDestroy();
  }
  expect((await fetch(`${backend.url}/health`)).status).toBe(200);
  expect(noted().filter(([level]) => level !== 20)).toEqual([]);
});
