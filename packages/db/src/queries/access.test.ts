import { afterAll, expect, test } from "vitest";
import {
  CHANNELS,
  findApiKey,
  findValidator,
  insertApiKey,
  insertNonce,
  listApiKeys,
  listen,
  listValidators,
  newId,
  pruneNonces,
  revokeApiKey,
  upsertHeartbeat,
  violatedConstraint,
} from "../index.ts";
import { testDatabase } from "../test.ts";
import { at, inside, someHash, someKey } from "../testing/rows.ts";

const { db, url, close } = await testDatabase();
afterAll(close);

function newKey(netuid: number | null) {
  const who = { name: "Ada", role: "admin", hotkey: null } as const;
  return { netuid, id: newId("key"), ...who, secretHash: someHash(), createdAt: at(0), expiresAt: at(100) };
}

test("a key is found by its id and listed for its subnet, a global one for every subnet", async () => {
  const [local, global] = [newKey(40), newKey(null)];
  await inside(db, async (trx) => [await insertApiKey(trx, local), await insertApiKey(trx, global)]);
  expect(await findApiKey(db, local.id)).toEqual({
    ...local,
    owner: local.name,
    replacedBy: null,
    revokedAt: null,
  });
  expect((await listApiKeys(db, 40)).map(({ id }) => id)).toEqual([local.id, global.id]);
  expect((await listApiKeys(db, 41)).map(({ id }) => id)).toEqual([global.id]);
});

test("a key is revoked once, and every replica hears of it", async () => {
  const key = newKey(42);
  await inside(db, (trx) => insertApiKey(trx, key));
  const heard = Promise.withResolvers<string>();
  const listener = await listen(url, {
    channels: [CHANNELS.keys],
    onNotify: (_channel, payload) => heard.resolve(payload),
  });
  const revoke = () => inside(db, (trx) => revokeApiKey(trx, { id: key.id, revokedAt: at(5) }));
  expect(await revoke()).toMatchObject({ revokedAt: at(5) });
  expect(await heard.promise).toBe(key.id);
  expect(await revoke()).toBeUndefined();
  await listener.close();
});

test.each([
  ["a validator's key without a hotkey", { role: "validator" }],
  ["another role's key with a hotkey", { hotkey: "h" }],
  ["a key that expires before it exists", { expiresAt: at(-1) }],
] as const)("the table refuses %s", async (_name, wrong) => {
  const insert = inside(db, (trx) => insertApiKey(trx, { ...newKey(1), ...wrong }));
  await expect(insert.catch((error: unknown) => violatedConstraint(error))).resolves.toMatch(
    /^api_keys_check/,
  );
});

test("of ten requests with one nonce one is new", async () => {
  const nonce = { netuid: 1, signer: someKey("hotkey"), nonce: "ab", expiresAt: at(70) };
  const stored = await Promise.all(Array.from({ length: 10 }, () => insertNonce(db, nonce)));
  expect(stored.filter((row) => row !== undefined)).toEqual([nonce]);
  expect(await insertNonce(db, { ...nonce, signer: someKey("hotkey") })).toBeDefined();
});

test("only expired nonces are forgotten", async () => {
  const signer = someKey("hotkey");
  const remember = (nonce: string, seconds: number) =>
    insertNonce(db, { netuid: 9, signer, nonce, expiresAt: at(seconds) });
  await remember("old", -1_000);
  await remember("new", 1_000);
  expect(await pruneNonces(db, at(-999))).toBe(1);
  expect(await remember("new", 1_000)).toBeUndefined();
  expect(await remember("old", 1_000)).toBeDefined();
});

const HEARTBEAT = {
  softwareVersion: "0.1.0",
  duties: ["weights" as const, "evaluate" as const],
  snapshotVersion: 3,
  lastSet: { block: 70, snapshotVersion: 2 },
};

test("a later heartbeat replaces an earlier one, and not the other way round", async () => {
  const validator = { netuid: 50, hotkey: someKey("hotkey") };
  const report = { ...validator, heartbeat: HEARTBEAT, at: at(10), block: 80 };
  expect(await upsertHeartbeat(db, report)).toMatchObject({
    duties: ["weights", "evaluate"],
    lastSetBlock: 70,
  });
  const later = { ...report, heartbeat: { ...HEARTBEAT, lastSet: null }, at: at(20) };
  expect(await upsertHeartbeat(db, later)).toMatchObject({ lastSetBlock: null, lastSetVersion: null });
  expect(await upsertHeartbeat(db, report)).toBeUndefined();
  expect(await findValidator(db, validator)).toMatchObject({ heartbeatAt: at(20) });
});

test("lists the validators that have reported since a moment", async () => {
  for (const [hotkey, seconds] of [
    ["a", 10],
    ["b", 20],
  ] as const)
    await upsertHeartbeat(db, { netuid: 51, hotkey, heartbeat: HEARTBEAT, at: at(seconds), block: 1 });
  const hotkeys = async (since?: Date) =>
    (await listValidators(db, { netuid: 51, ...(since && { since }) })).map(({ hotkey }) => hotkey);
  expect(await hotkeys()).toEqual(["a", "b"]);
  expect(await hotkeys(at(20))).toEqual(["b"]);
});
