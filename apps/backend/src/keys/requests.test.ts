import { findApiKey, listAudit } from "@assay/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import { authenticateToken } from "../auth/api-key.ts";
import { createDesk, type Desk, refusalOf } from "../testing/desk.ts";
import { createWorld, hotkeyOf, type World } from "../testing/world.ts";

let world: World;
let desk: Desk;
beforeAll(async () => {
  world = await createWorld();
  desk = await createDesk(world);
});
afterAll(async () => {
  await desk.close();
  await world.close();
});

const admin = () => desk.as("admin");
const caller = (token: string) => authenticateToken(desk.backend, token);
const codeOf = async (act: Promise<unknown>) => (await refusalOf(act))?.code;

test("a validator asks, an admin grants, and only the validator learns the secret", async () => {
  const vera = await desk.signedBy("Vera");
  const { address: hotkey } = await hotkeyOf("Vera");
  const request = await vera.keys.request({ name: "vera's machine" });
  expect(request).toMatchObject({ hotkey, status: "pending", keyId: null });
  expect((await vera.keys.request({ name: "again" })).id).toBe(request.id);
  expect(await codeOf(vera.keys.collect({ id: request.id }))).toBe("API_KEY_REQUEST_STATUS");
  expect((await admin().keys.requests({ status: "pending" })).items).toMatchObject([{ id: request.id }]);
  const granted = await desk.as("admin", "ada").keys.grant({ id: request.id, expiresInDays: 30 });
  expect(granted).toMatchObject({ status: "granted", decidedBy: "ada" });
  expect(await codeOf((await desk.signedBy("Viktor")).keys.collect({ id: request.id }))).toBe(
    "API_NOT_FOUND",
  );
  const { token, ...key } = await vera.keys.collect({ id: request.id });
  expect(key).toMatchObject({ role: "validator", hotkey, name: "vera's machine", owner: hotkey });
  expect(await caller(token)).toMatchObject({ role: "validator", hotkey });
  const { netuid } = desk.backend;
  const { items } = await listAudit(world.db, { netuid, target: request.id, limit: 9 });
  expect(items.map(({ action, actor }) => [action, actor])).toEqual([
    ["key.collect", hotkey],
    ["key.grant", "key_ada"],
    ["key.request", hotkey],
  ]);
  const secret = token.split("_").at(-2) ?? "";
  const stored = JSON.stringify([await findApiKey(world.db, key.id), items]);
  expect([secret.length > 20, stored.includes(secret)]).toEqual([true, false]);
});

test("collecting again ends the key before, and expires no later", async () => {
  const viktor = await desk.signedBy("Viktor");
  const { id } = await viktor.keys.request({ name: "viktor" });
  await admin().keys.grant({ id, expiresInDays: 10 });
  const first = await viktor.keys.collect({ id });
  world.clock.advance(86_400_000);
  const second = await viktor.keys.collect({ id });
  expect(second.expiresAt).toBe(first.expiresAt);
  expect(await codeOf(caller(first.token))).toBe("API_KEY_REVOKED");
  expect((await caller(second.token)).id).toBe(second.id);
  await admin().keys.revoke({ id: second.id });
  expect(await codeOf(viktor.keys.collect({ id }))).toBe("API_KEY_REVOKED");
});

test("a request is decided once, and refused only with a reason; asking anew is possible then", async () => {
  const mia = await desk.signedBy("Mia");
  const { id } = await mia.keys.request({ name: "mia" });
  expect(await codeOf(admin().keys.refuse({ id, reason: "" }))).toBe("API_INVALID_INPUT");
  await admin().keys.refuse({ id, reason: "not a validator" });
  expect(await codeOf(admin().keys.grant({ id }))).toBe("API_KEY_REQUEST_STATUS");
  expect(await codeOf(mia.keys.collect({ id }))).toBe("API_KEY_REQUEST_STATUS");
  expect((await mia.keys.request({ name: "mia" })).id).not.toBe(id);
});

test("a rotated key goes on working until the overlap is over", async () => {
  const old = await admin().keys.create({ name: "dash", role: "viewer", owner: "ops" });
  const young = await admin().keys.rotate({ id: old.id, overlapMinutes: 10 });
  expect(young).toMatchObject({ name: "dash", role: "viewer", owner: "ops" });
  expect([(await caller(old.token)).id, (await caller(young.token)).id]).toEqual([old.id, young.id]);
  expect(await refusalOf(admin().keys.rotate({ id: old.id }))).toMatchObject({
    code: "API_KEY_REPLACED",
    facts: { replacedBy: young.id },
  });
  world.clock.advance(10 * 60_000);
  expect(await codeOf(caller(old.token))).toBe("API_KEY_EXPIRED");
  expect((await caller(young.token)).id).toBe(young.id);
  expect(await codeOf(admin().keys.rotate({ id: old.id }))).toBe("API_KEY_EXPIRED");
});

test("rotating never lets a key live longer than it was to", async () => {
  const old = await admin().keys.create({ name: "brief", role: "viewer", expiresInDays: 1 });
  await admin().keys.rotate({ id: old.id, overlapMinutes: 10_080 });
  expect((await findApiKey(world.db, old.id))?.expiresAt.toISOString()).toBe(old.expiresAt);
});

test("two admins who decide one request at once: one is heard", async () => {
  const { id } = await (await desk.signedBy("Max")).keys.request({ name: "max" });
  const acts = [admin().keys.grant({ id }), admin().keys.refuse({ id, reason: "no permit" })];
  const outcomes = await Promise.allSettled(acts);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});
