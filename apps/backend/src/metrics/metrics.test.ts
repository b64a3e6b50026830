import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunningBackend } from "../start.ts";
import { callWithKey } from "../testing/calls.ts";
import { authenticated, nextSnapshot, subscribe } from "../testing/line.ts";
import { createWorld, hotkeyOf, TEMPO, type World } from "../testing/world.ts";
import { createMetrics } from "./metrics.ts";

let world: World;
let backend: RunningBackend;
beforeAll(async () => {
  world = await createWorld();
  backend = await world.launch({ settings: { metrics: { host: "127.0.0.1", port: 0 } } });
});
afterAll(() => world.close());

const ask = (path: string, method = "GET") =>
  fetch(`http://127.0.0.1:${backend.metricsPort}${path}`, { method });
const metrics = async () => (await ask("/metrics")).text();

/** The value of one series; undefined if there is none. */
async function valueOf(series: string): Promise<number | undefined> {
  const line = (await metrics()).split("\n").find((text) => text.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length));
}

/** Waits until a series has such a value. */
async function becomes(series: string, isSo: (value: number) => boolean): Promise<void> {
  const read = async () => isSo((await valueOf(series)) ?? Number.NaN);
  await expect.poll(read, { timeout: 50_000, message: series }).toBe(true);
}

const answered = (procedure: string, code: string) =>
  valueOf(`assay_backend_requests_total{procedure="${procedure}",code="${code}"}`);

test("README.md lists exactly the metrics there are", async () => {
  const text = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const ours = (await createMetrics().registry.getMetricsAsJSON()).map(({ name }) => name);
  expect([...new Set(text.match(/assay_backend_[a-z_]+/g))].toSorted()).toEqual(ours.toSorted());
});

test("answers are counted by procedure and code, over tRPC and REST", async () => {
  expect(await answered("system.info", "none")).toBe(0);
  await callWithKey(backend.url, { path: "system.info", method: "GET" });
  await fetch(`${backend.url}/system/info`);
  await callWithKey(backend.url, { path: "audit.list", input: {}, method: "GET" });
  await fetch(`${backend.url}/admin/audit`);
  expect(await answered("system.info", "none")).toBe(2);
  expect(await answered("audit.list", "API_UNAUTHENTICATED")).toBe(2);
});

test("of a batch each answer is counted for itself", async () => {
  const before = (await answered("rules.get", "none")) ?? 0;
  await fetch(`${backend.url}/trpc/rules.get,audit.list,rules.get?batch=1&input=%7B%221%22%3A%7B%7D%7D`);
  expect(await answered("rules.get", "none")).toBe(before + 2);
  expect(await answered("audit.list", "API_UNAUTHENTICATED")).toBe(3);
});

test("how long callers waited is told by procedure, whatever the answer and the way", async () => {
  const waited = async (procedure: string) =>
    (await valueOf(`assay_backend_request_seconds_count{procedure="${procedure}"}`)) ?? 0;
  const before = { "leaders.list": await waited("leaders.list"), "keys.list": await waited("keys.list") };
  await fetch(`${backend.url}/trpc/leaders.list,keys.list?batch=1&input=%7B%221%22%3A%7B%7D%7D`);
  await fetch(`${backend.url}/leaders`);
  expect(await waited("leaders.list")).toBe(before["leaders.list"] + 2);
  expect(await waited("keys.list")).toBe(before["keys.list"] + 1);
});

test("whatever strangers make up is one series, and nothing of them is told", async () => {
  for (const path of ["made.up1", "made.up2"]) {
    await callWithKey(backend.url, { path, method: "GET" });
    await callWithKey(backend.url, { path, method: "GET", token: "assay_secret" });
    await fetch(`${backend.url}/${path}`);
  }
  const text = await metrics();
  expect(text).not.toMatch(/made\.up|assay_secret/);
  expect(text).not.toContain(world.settings.databaseUrl);
  expect(await answered("none", "API_UNKNOWN_PROCEDURE")).toBe(6);
});

test("sockets, subscriptions, versions, duties, chain and database are told", async () => {
  const { address: hotkey } = await hotkeyOf("Vera");
  const input = { name: "Vera", role: "validator", hotkey };
  const made = await callWithKey(backend.url, { path: "keys.create", input, token: world.adminToken });
  const { token } = made.data as { token: string };
  const line = await authenticated(backend, token, { name: "Vera", timestampMs: world.clock.now() });
  subscribe(line);
  const snapshot = await nextSnapshot(line);
  expect(await valueOf("assay_backend_sockets")).toBe(1);
  expect(await valueOf("assay_backend_subscribers")).toBe(1);
  expect(await valueOf("assay_backend_snapshot_version")).toBe(snapshot?.version);
  expect(await valueOf("assay_backend_snapshot_age_blocks")).toBeLessThan(TEMPO);
  expect(await valueOf("assay_backend_tempo_blocks")).toBe(TEMPO);
  await becomes('assay_backend_duties_total{duty="scoring",outcome="done"}', (runs) => runs > 0);
  const ranAt = await valueOf('assay_backend_duty_last_run_seconds{duty="scoring"}');
  expect(ranAt).toBe(world.clock.now() / 1000);
  await becomes('assay_backend_database_connections{state="idle"}', (idle) => idle > 0);
  await becomes("assay_backend_database_waiting_queries", (waiting) => waiting === 0);
  world.clock.advance(7_000);
  expect(await valueOf("assay_backend_chain_age_seconds")).toBeGreaterThanOrEqual(7);
  line.socket.close();
  await line.closed;
  await becomes("assay_backend_sockets", (open) => open === 0);
  await becomes("assay_backend_subscribers", (open) => open === 0);
});

test("they are answered nowhere but at their own address, and nothing else is there", async () => {
  expect((await fetch(`${backend.url}/metrics`)).status).toBe(404);
  expect((await ask("/metrics", "POST")).status).toBe(405);
  expect((await ask("/health")).status).toBe(404);
  expect((await world.launch()).metricsPort).toBeNull();
});
