import { once } from "node:events";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { RunningBackend } from "../start.ts";
import { callWithKey } from "../testing/calls.ts";
import { authenticated, dial } from "../testing/line.ts";
import { createWorld, hotkeyOf, type World } from "../testing/world.ts";

const minutes = Number(process.env.ASSAY_LONG_MINUTES ?? 1);
const MINUTE_MS = 60_000;
/** Below what a socket may say at once, its first message included. */
const FRAMES = 50;

let world: World;
let backend: RunningBackend;
let token: string;
beforeAll(async () => {
  world = await createWorld();
  backend = await world.launch({ settings: { requestsPerMinute: 10_000_000 } });
  const { address: hotkey } = await hotkeyOf("Vera");
  const input = { name: "vera", role: "validator", hotkey };
  const made = await callWithKey(backend.url, { path: "keys.create", input, token: world.adminToken });
  ({ token } = made.data as { token: string });
});
afterAll(() => world.close());

const path = fc.oneof(
  fc.constantFrom(
    "leaders.list",
    "snapshots.subscribe",
    "keys.create",
    "__proto__",
    "constructor",
    "system.info",
  ),
  fc.string(),
);
const input = fc.option(fc.jsonValue(), { nil: undefined });
const request = fc.record(
  {
    id: fc.oneof(fc.integer(), fc.string(), fc.jsonValue()),
    jsonrpc: fc.constantFrom("2.0", "1.0"),
    method: fc.constantFrom(
      "query",
      "mutation",
      "subscription",
      "subscription.stop",
      "connectionParams",
      "__proto__",
    ),
    params: fc.oneof(
      fc.record({ path, input, lastEventId: fc.oneof(fc.string(), fc.jsonValue()) }),
      fc.jsonValue(),
    ),
    data: fc.jsonValue(),
  },
  { requiredKeys: [] },
);
const text = fc.oneof(
  fc.oneof(request, fc.array(request, { maxLength: 12 })).map((value) => JSON.stringify(value)),
  fc.string({ unit: "binary", maxLength: 300 }),
);
const frame = fc.oneof(text, fc.uint8Array({ maxLength: 300 }));

async function open(isKnown: boolean): Promise<WebSocket> {
  const line = isKnown
    ? await authenticated(backend, token, { timestampMs: world.clock.now() })
    : dial(backend);
  if (!isKnown) await once(line.socket, "open");
  return line.socket;
}

test("no frame ends the backend or keeps it from answering", {
  timeout: (minutes + 3) * MINUTE_MS,
}, async () => {
  const seed = Number(process.env.ASSAY_LONG_SEED ?? Date.now() % 2 ** 31);
  console.info(`seed ${seed} (ASSAY_LONG_SEED repeats it)`);
  const end = Date.now() + minutes * MINUTE_MS;
  let said = 0;
  const scripts = fc.array(frame, { minLength: FRAMES, maxLength: FRAMES });
  const property = fc.asyncProperty(scripts, fc.boolean(), async (frames, isKnown) => {
    const socket = await open(isKnown);
    for (const one of frames) if (socket.readyState === WebSocket.OPEN) socket.send(one);
    said += frames.length;
    const ended = socket.readyState === WebSocket.CLOSED ? undefined : once(socket, "close");
    socket.terminate();
    await ended;
    expect((await fetch(`${backend.url}/health`)).status).toBe(200);
  });
  await fc.assert(property, { seed, numRuns: 1_000_000, interruptAfterTimeLimit: end - Date.now() });
  console.info(`frames: ${said}`);
  expect(said).toBeGreaterThan(0);
});
