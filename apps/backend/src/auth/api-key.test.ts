import { formatToken } from "@assay/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callWithKey } from "../testing/calls.ts";
import { createWorld, hotkeyOf, type World } from "../testing/world.ts";

let world: World;
let url: string;
beforeAll(async () => {
  world = await createWorld();
  ({ url } = await world.launch());
});
afterAll(() => world.close());

const asAdmin = (path: string, input: unknown, method: "GET" | "POST" = "POST") =>
  callWithKey(url, { path, input, method, token: world.adminToken });

async function newKey(input: object): Promise<{ id: string; token: string }> {
  return (await asAdmin("keys.create", input)).data as { id: string; token: string };
}

const reading = (token: string) => callWithKey(url, { path: "settings.get", method: "GET", token });

test("an admin makes a key that works at once and stands in the list without its secret", async () => {
  const { id, token } = await newKey({ name: "eyes", role: "viewer" });
  expect((await reading(token)).status).toBe(200);
  const keys = (await asAdmin("keys.list", {}, "GET")).data as { items: { id: string }[] };
  expect(keys.items.map((key) => key.id)).toContain(id);
  expect(JSON.stringify(keys)).not.toContain(token.slice(40, 60));
});

test("no key, nonsense, a mistyped key and an unknown key are told apart only where that is harmless", async () => {
  const { id, token } = await newKey({ name: "eyes", role: "viewer" });
  expect((await callWithKey(url, { path: "candidates.list", input: {}, method: "GET" })).code).toBe(
    "API_UNAUTHENTICATED",
  );
  const typo = `${token.slice(0, -1)}${token.endsWith("0") ? "1" : "0"}`;
  const unknown = formatToken("key_018f0000-0000-7000-8000-000000000000", new Uint8Array(32).fill(1));
  const wrongSecret = formatToken(id, new Uint8Array(32).fill(2));
  for (const wrong of ["nonsense", typo, unknown, wrongSecret])
    expect((await reading(wrong)).code).toBe("API_INVALID_KEY");
});

test("a revoked key is refused by that name, and revoking again changes nothing", async () => {
  const { id, token } = await newKey({ name: "eyes", role: "viewer" });
  const first = await asAdmin("keys.revoke", { id });
  world.clock.advance(1_000);
  expect((await asAdmin("keys.revoke", { id })).data).toEqual(first.data);
  expect((await reading(token)).code).toBe("API_KEY_REVOKED");
});

test("a key is refused from the moment it expires", async () => {
  const { token } = await newKey({ name: "eyes", role: "viewer", expiresInDays: 1 });
  world.clock.advance(86_400_000 - 1);
  expect((await reading(token)).status).toBe(200);
  world.clock.advance(1);
  expect((await reading(token)).code).toBe("API_KEY_EXPIRED");
});

test.each([
  ["keys.list", "viewer"],
  ["keys.list", "reviewer"],
  ["audit.list", "reviewer"],
  ["snapshots.latest", "viewer"],
])("%s refuses a %s's key", async (path, role) => {
  const { token } = await newKey({ name: role, role });
  const input = path === "snapshots.latest" ? undefined : {};
  const answer = await callWithKey(url, { path, input, method: "GET", token });
  expect([answer.status, answer.code]).toEqual([403, "API_FORBIDDEN"]);
});

test("a validator's key names its hotkey, and no other key does", async () => {
  const { address: hotkey } = await hotkeyOf("Vera");
  expect((await asAdmin("keys.create", { name: "v", role: "validator" })).code).toBe("API_INVALID_INPUT");
  expect((await asAdmin("keys.create", { name: "v", role: "viewer", hotkey })).code).toBe(
    "API_INVALID_INPUT",
  );
  const mistyped = hotkey.replace(/.$/, (last) => (last === "a" ? "b" : "a"));
  const answer = await asAdmin("keys.create", { name: "v", role: "validator", hotkey: mistyped });
  expect(answer.error?.facts["issues"]).toMatchObject([{ path: "hotkey" }]);
});

test("every key made and ended stands in the audit log", async () => {
  const { id } = await newKey({ name: "short-lived", role: "viewer" });
  await asAdmin("keys.revoke", { id });
  const audit = (await asAdmin("audit.list", {}, "GET")).data as {
    items: { action: string; target: string }[];
  };
  const acts = audit.items.filter(({ target }) => target === id).map(({ action }) => action);
  expect(acts).toEqual(["key.revoke", "key.create"]);
});
