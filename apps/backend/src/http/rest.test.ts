import { latestSnapshot } from "@assay/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callWithKey, prepare } from "../testing/calls.ts";
import { dial } from "../testing/line.ts";
import { EVALUATOR } from "../testing/work.ts";
import { createWorld, hotkeyOf, NETUID, type World } from "../testing/world.ts";

let world: World;
let url: string;
beforeAll(async () => {
  world = await createWorld();
  ({ url } = await world.launch());
});
afterAll(() => world.close());

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

async function rest(
  method: string,
  path: string,
  { token = "", body = null as string | null, headers = {} } = {},
) {
  const init = { method, body, headers: { ...(token === "" ? {} : bearer(token)), ...headers } };
  const response = await fetch(url + path, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, json: text === "" ? null : JSON.parse(text) };
}

const COMPETITION = { name: "navigation", task: EVALUATOR.task, evaluator: EVALUATOR };
const UNKNOWN = "candidate_018f0000-0000-7000-8000-000000000000";

test("the document describes the routes that are served", async () => {
  const { json } = await rest("GET", "/openapi.json");
  expect(json.openapi).toMatch(/^3\.1/);
  expect(json.servers).toEqual([{ url }]);
  for (const path of Object.keys(json.paths).filter((path) => json.paths[path].get !== undefined)) {
    const { status, json: answer } = await rest("GET", path.replace(/\{\w+\}/, UNKNOWN), {
      token: world.adminToken,
    });
    expect([path, status === 404 && answer.code === "API_UNKNOWN_PROCEDURE"]).toEqual([path, false]);
  }
});

test("an admin creates a competition that anybody can then read", async () => {
  const made = await rest("POST", "/admin/competitions", {
    token: world.adminToken,
    body: JSON.stringify(COMPETITION),
  });
  expect(made).toMatchObject({ status: 200, json: { ...COMPETITION, thresholdsVersion: 1 } });
  expect((await rest("GET", `/competitions/${made.json.id}`)).json).toEqual(made.json);
  expect((await rest("GET", "/competitions?limit=1")).json.items).toHaveLength(1);
});

test("pages are asked for with text and followed by their cursor", async () => {
  for (let count = 0; count < 3; count += 1)
    await rest("POST", "/admin/competitions", { token: world.adminToken, body: JSON.stringify(COMPETITION) });
  const seen: string[] = [];
  for (let cursor = ""; ; ) {
    const { json } = await rest("GET", `/competitions?limit=2${cursor}`);
    seen.push(...json.items.map(({ id }: { id: string }) => id));
    if (json.nextCursor === null) break;
    cursor = `&cursor=${json.nextCursor}`;
  }
  expect(seen.length).toBeGreaterThanOrEqual(3);
  expect(new Set(seen).size).toBe(seen.length);
});

test("deciding needs an admin, an existing candidate, and for a rejection a reason", async () => {
  const approve = `/admin/leader-candidates/${UNKNOWN}/approve`;
  expect((await rest("POST", approve)).json).toMatchObject({
    code: "API_UNAUTHENTICATED",
    facts: { needs: "admin" },
  });
  const viewer = { name: "eyes", role: "viewer" };
  const made = await rest("POST", "/admin/keys", { token: world.adminToken, body: JSON.stringify(viewer) });
  expect((await rest("POST", approve, { token: made.json.token })).status).toBe(403);
  const unknown = await rest("POST", approve, { token: world.adminToken });
  expect(unknown).toMatchObject({ status: 404, json: { code: "API_NOT_FOUND", facts: { id: UNKNOWN } } });
  const reject = await rest("POST", `/admin/leader-candidates/${UNKNOWN}/reject`, {
    token: world.adminToken,
  });
  expect(reject).toMatchObject({ status: 400, json: { facts: { issues: [{ path: "reason" }] } } });
});

test("an error is code, message, facts and request id, the same as in the header", async () => {
  const refused = await rest("GET", "/competitions/nonsense");
  expect(Object.keys(refused.json).toSorted()).toEqual(["code", "facts", "message", "requestId"]);
  expect(refused.json.requestId).toBe(refused.headers.get("x-request-id"));
});

test("the latest snapshot is not sent again to who has it", async () => {
  const stored = () => latestSnapshot(world.db, { netuid: NETUID, mechid: 0 });
  await expect.poll(stored, { timeout: 50_000 }).toBeDefined();
  const { address: hotkey } = await hotkeyOf("Vera");
  const key = JSON.stringify({ name: "vera", role: "validator", hotkey });
  const { json: made } = await rest("POST", "/admin/keys", { token: world.adminToken, body: key });
  const latest = "/snapshots/latest";
  const proof = async () => {
    const call = { url, path: "snapshots.latest", signer: await hotkeyOf("Vera"), target: latest };
    return (await prepare({ ...call, timestampMs: world.clock.now(), method: "GET" })).headers;
  };
  const first = await rest("GET", latest, { token: made.token, headers: await proof() });
  expect(first).toMatchObject({ status: 200, json: { version: 1 } });
  const headers = { ...(await proof()), "if-none-match": first.headers.get("etag") ?? "" };
  expect((await rest("GET", latest, { token: made.token, headers })).status).toBe(304);
  expect((await rest("GET", latest, { token: made.token })).status).toBe(401);
  expect((await rest("GET", latest, { token: world.adminToken })).status).toBe(403);
});

test.each([
  ["a list", "[]", 400, "API_MALFORMED_REQUEST"],
  ["broken JSON", "{", 400, "API_MALFORMED_REQUEST"],
  ["too much", `{"name":"${"x".repeat(300_000)}"}`, 413, "API_BODY_TOO_LARGE"],
  ["the wrong types", '{"points":"5"}', 400, "API_INVALID_INPUT"],
])("%s for a body is refused", async (_what, body, status, code) => {
  const answer = await rest("POST", "/admin/competitions", { token: world.adminToken, body });
  expect([answer.status, answer.json.code]).toEqual([status, code]);
});

test("REST calls do not loosen what tRPC accepts", async () => {
  const input = { ...COMPETITION, points: "5" };
  const answer = await callWithKey(url, { path: "competitions.create", input, token: world.adminToken });
  expect(answer.code).toBe("API_INVALID_INPUT");
});

test("there is nothing elsewhere, and what only hotkeys may do has no route", async () => {
  for (const [method, path] of [
    ["GET", "/nowhere"],
    ["POST", "/submissions"],
  ] as const)
    expect(await rest(method, path)).toMatchObject({ status: 404, json: { code: "API_UNKNOWN_PROCEDURE" } });
});

test("the process is alive and ready", async () => {
  expect(await rest("GET", "/health")).toMatchObject({ status: 200, json: { status: "alive" } });
  const checks = { database: true, chain: true };
  expect(await rest("GET", "/ready")).toMatchObject({ status: 200, json: { ready: true, checks } });
});

test("who asks too often is turned away everywhere but at the health check, and told when to return", async () => {
  const busy = await world.launch({ settings: { requestsPerMinute: 3 } });
  const paths = ["/competitions", "/trpc/leaders.list", "/leaders"];
  for (const path of paths) expect((await fetch(busy.url + path)).status).toBe(200);
  for (const path of paths) {
    const refused = await fetch(busy.url + path);
    expect([path, refused.status]).toEqual([path, 429]);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refused.text()).toContain("API_RATE_LIMITED");
  }
  const line = dial(busy);
  expect((await line.closed).code).toBe(1006);
  expect((await fetch(`${busy.url}/health`)).status).toBe(200);
});
