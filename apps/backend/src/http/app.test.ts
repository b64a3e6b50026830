import { afterAll, beforeAll, expect, test } from "vitest";
import { createWorld, type World } from "../testing/world.ts";

let world: World;
let url: string;
beforeAll(async () => {
  world = await createWorld();
  ({ url } = await world.launch());
});
afterAll(() => world.close());

test.each(["/leaders", "/trpc/leaders.list", "/openapi.json", "/health", "/nowhere", "/trpc/no.where"])(
  "the answer to %s is nothing a browser may run, frame or share",
  async (path) => {
    const { headers } = await fetch(url + path);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-security-policy")).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(headers.get("cache-control")).toBe("private, no-cache");
    expect(headers.get("strict-transport-security")).toMatch(/^max-age=/);
    expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get("access-control-allow-origin")).toBeNull();
  },
);

test("one request carries at most eight calls, because only the request is counted", async () => {
  const batch = async (calls: number) => {
    const paths = Array.from({ length: calls }, () => "leaders.list").join(",");
    const response = await fetch(`${url}/trpc/${paths}?batch=1&input=%7B%7D`);
    return { status: response.status, text: await response.text() };
  };
  expect(await batch(8)).toMatchObject({ status: 200 });
  for (const calls of [9, 1_000]) {
    const { status, text } = await batch(calls);
    expect([status, text.includes("API_MALFORMED_REQUEST")]).toEqual([400, true]);
    expect(text.length).toBeLessThan(20_000);
  }
});

test("names that every object has are no procedures, and no input", async () => {
  for (const path of ["__proto__", "constructor", "toString", "leaders.constructor", "leaders.__proto__"])
    expect([path, (await fetch(`${url}/trpc/${path}`)).status]).toEqual([path, 404]);
  const odd = await fetch(`${url}/competitions?__proto__=1&constructor=2&limit=1`);
  expect(await odd.json()).toEqual({ items: [], nextCursor: null });
  const body = '{"__proto__":{"role":"admin"},"name":"a"}';
  const headers = { authorization: `Bearer ${world.adminToken}` };
  const made = await fetch(`${url}/admin/keys`, { method: "POST", headers, body });
  expect([made.status, await made.text()]).toEqual([400, expect.stringContaining("role")]);
});

test("a key in the address counts for nothing", async () => {
  expect((await fetch(`${url}/admin/keys?token=${world.adminToken}`)).status).toBe(401);
});

test("a list nested without end is refused for that, in REST and tRPC", async () => {
  const endless = `{"name":"x","taskConfig":{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}}`;
  const headers = { authorization: `Bearer ${world.adminToken}`, "content-type": "application/json" };
  for (const path of ["/admin/competitions", "/trpc/competitions.create"]) {
    const answer = await fetch(url + path, { method: "POST", headers, body: endless });
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining("levels deep")]);
  }
});

test("the description of the contract counts as a request, too", async () => {
  const busy = await world.launch({ settings: { requestsPerMinute: 1 } });
  expect((await fetch(`${busy.url}/openapi.json`)).status).toBe(200);
  const refused = await fetch(`${busy.url}/openapi.json`);
  expect([refused.status, Number(refused.headers.get("retry-after")) > 0]).toEqual([429, true]);
});
