import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { type Client, createClient } from "@assay/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { createDesk, type Desk } from "../testing/desk.ts";
import { eachOf, quantile } from "../testing/figures.ts";
import { authenticated, type Line, nextSnapshot, subscribe } from "../testing/line.ts";
import { type Spawned, spawnBackend } from "../testing/process.ts";
import { enlist, openCompetition, submit, workAll } from "../testing/work.ts";
import { createWorld, hotkeyOf, MINERS, NETUID, VALIDATORS, type World } from "../testing/world.ts";

const SUBSCRIBERS = 1_000;
/** As many as one key may hold open. */
const PER_KEY = 4;
const RUNS = 15;
const ALONE = 60;
const AT_ONCE = 16;

/** The least a server can do: one text to everybody who is connected, whenever a line arrives. */
const RAW_SERVER = `
  import { createInterface } from "node:readline";
  import { WebSocketServer } from "ws";
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  server.on("listening", () => console.log(server.address().port));
  for await (const text of createInterface({ input: process.stdin }))
    for (const client of server.clients) client.send(text);
`;

let world: World;
let desk: Desk;
let replica: Spawned;
let url: string;
let admin: Client;
let pending: string[];

beforeAll(async () => {
  world = await createWorld({ startAt: Date.now() });
  desk = await createDesk(world);
  await enlist(desk, VALIDATORS);
  pending = await candidates(ALONE + RUNS);
  const entry = new URL("../testing/mortal-main.ts", import.meta.url);
  replica = spawnBackend(entry, { env: { ...world.environment, ASSAY_REQUESTS_PER_MINUTE: "10000000" } });
  ({ url } = await replica.ready);
  admin = createClient({ url, netuid: NETUID, apiKey: world.adminToken });
}, 300_000);
afterAll(async () => {
  replica.child.kill("SIGKILL");
  await replica.ended;
  await desk.close();
  await world.close();
});

/** As many competitions, each with a first candidate that waits for its decision. */
async function candidates(count: number): Promise<string[]> {
  for (let made = 0; made < count; made += 1) {
    const { id: competitionId } = await openCompetition(desk);
    const name = MINERS[made % MINERS.length] ?? MINERS[0];
    await submit(desk, { name, competitionId, skill: { share: 0.9, salt: String(made) } });
  }
  await desk.cycle(6);
  for (const validator of VALIDATORS) await workAll(desk, validator);
  await desk.cycle(1);
  const { items } = await desk.as("admin").candidates.list({ status: "pending", limit: 200 });
  expect(items).toHaveLength(count);
  return items.map(({ id }) => id);
}

async function subscribers(count: number): Promise<Line[]> {
  const { address: hotkey } = await hotkeyOf("Vera");
  const lines: Line[] = [];
  await eachOf(Array.from({ length: Math.ceil(count / PER_KEY) }), {
    atOnce: AT_ONCE,
    act: async () => {
      const { token } = await admin.keys.create({ name: "subscriber", role: "validator", hotkey });
      for (let made = 0; made < Math.min(PER_KEY, count); made += 1) {
        const line = await authenticated({ url }, token, { timestampMs: Date.now() });
        subscribe(line);
        await nextSnapshot(line);
        lines.push(line);
      }
    },
  });
  return lines;
}

/** Approves a candidate and waits until everybody has the snapshot that says so. */
async function approve(lines: readonly Line[]): Promise<{ ms: number; snapshot: unknown }> {
  const id = pending.pop() ?? "";
  const begin = performance.now();
  const heard = lines.map(nextSnapshot);
  await admin.candidates.approve({ id });
  const [snapshot] = await Promise.all(heard);
  return { ms: performance.now() - begin, snapshot };
}

async function startRaw(): Promise<{ child: ChildProcess; lines: WebSocket[]; send(text: string): void }> {
  const child = spawn(process.execPath, ["--input-type=module", "-e", RAW_SERVER], {
    cwd: import.meta.dirname,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [port] = await once(createInterface({ input: child.stdout }), "line");
  const lines: WebSocket[] = [];
  await eachOf(Array.from({ length: SUBSCRIBERS }), {
    atOnce: AT_ONCE,
    act: async () => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}`);
      await once(socket, "open");
      lines.push(socket);
    },
  });
  return { child, lines, send: (text) => void child.stdin.write(`${text}\n`) };
}

async function sendRaw(raw: Awaited<ReturnType<typeof startRaw>>, text: string): Promise<number> {
  const begin = performance.now();
  const heard = raw.lines.map(async (socket) => JSON.parse(String((await once(socket, "message"))[0])));
  raw.send(text);
  await Promise.all(heard);
  return performance.now() - begin;
}

test("from an approval to its snapshot at the validator", async () => {
  const lines = await subscribers(1);
  const times: number[] = [];
  for (let run = 0; run < ALONE; run += 1) times.push((await approve(lines)).ms);
  const [median, p99] = [quantile(times, 0.5), quantile(times, 0.99)];
  console.info(`approval to snapshot: median ${median.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms of ${ALONE}`);
  for (const { socket } of lines) socket.terminate();
}, 300_000);

test("from an approval to its snapshot at a thousand subscribers, and the same bytes by ws alone", async () => {
  const lines = await subscribers(SUBSCRIBERS);
  const raw = await startRaw();
  const [ours, bare]: [number[], number[]] = [[], []];
  for (let run = 0; run < RUNS; run += 1) {
    const { ms, snapshot } = await approve(lines);
    ours.push(ms);
    bare.push(await sendRaw(raw, JSON.stringify(snapshot)));
  }
  raw.child.kill();
  const [mine, theirs] = [quantile(ours, 0.5), quantile(bare, 0.5)];
  const ratio = `${mine.toFixed(0)} ms, ${theirs.toFixed(0)} ms by ws alone: ${(mine / theirs).toFixed(1)}`;
  console.info(`approval to the last of ${SUBSCRIBERS} subscribers: ${ratio}`);
  for (const { socket } of lines) socket.terminate();
}, 300_000);
