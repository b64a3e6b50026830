import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type ApiKeyRow,
  findValidatorKey,
  insertApiKey,
  listKeyedHotkeys,
  listKeysInForce,
  newId,
  pageApiKeys,
  revokeApiKey,
} from "../index.ts";
import { type TestDatabase, testDatabase } from "../test.ts";
import { at, inside, someHash, someKey } from "../testing/rows.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

function keyOf(hotkey: string | null, changes: Partial<Pick<ApiKeyRow, "netuid" | "expiresAt">> = {}) {
  const role = hotkey === null ? ("admin" as const) : ("validator" as const);
  const identity = { id: newId("key"), name: "key", role, hotkey, secretHash: someHash() };
  const values = { netuid: 1, ...identity, createdAt: at(0), expiresAt: at(100), ...changes };
  return inside(database.db, (trx) => insertApiKey(trx, values));
}

test("a hotkey holds a validator key while one of its keys is in force on the subnet", async () => {
  const hotkey = someKey("hotkey");
  const holds = async (seconds: number, netuid = 1) =>
    (await findValidatorKey(database.db, { netuid, hotkey, now: at(seconds) })) !== undefined;
  expect(await holds(1)).toBe(false);
  const { id } = await keyOf(hotkey);
  await keyOf(hotkey, { expiresAt: at(50) });
  expect([await holds(1), await holds(99), await holds(100), await holds(1, 2)]).toEqual([
    true,
    true,
    false,
    false,
  ]);
  await inside(database.db, (trx) => revokeApiKey(trx, { id, revokedAt: at(2) }));
  expect([await holds(49), await holds(50)]).toEqual([true, false]);
});

test("keyed hotkeys are listed once each, without admins and without what has ended", async () => {
  const [one, two, expired] = ["a", "b", "c"].map(someKey) as [string, string, string];
  for (const hotkey of [one, one, two]) await keyOf(hotkey, { netuid: 7 });
  await keyOf(expired, { netuid: 7, expiresAt: at(5) });
  await keyOf(null, { netuid: 7 });
  expect(await listKeyedHotkeys(database.db, { netuid: 7, now: at(10) })).toEqual([one, two].toSorted());
});

test("of many keys those in force are told, and asking about none costs nothing", async () => {
  const [admin, validator, expired] = [
    await keyOf(null),
    await keyOf(someKey("hotkey")),
    await keyOf(null, { expiresAt: at(5) }),
  ];
  const ids = [admin, validator, expired].map(({ id }) => id);
  expect((await listKeysInForce(database.db, { ids, now: at(10) })).toSorted()).toEqual(
    ids.slice(0, 2).toSorted(),
  );
  expect(await listKeysInForce(database.db, { ids: [], now: at(10) })).toEqual([]);
});

test("keys are paged newest first, those good for every subnet included", async () => {
  const made = [
    await keyOf(null, { netuid: 8 }),
    await keyOf(null, { netuid: null }),
    await keyOf(null, { netuid: 8 }),
  ];
  const first = await pageApiKeys(database.db, { netuid: 8, limit: 2 });
  const second = await pageApiKeys(database.db, { netuid: 8, limit: 2, cursor: first.nextCursor });
  const ids = [...first.items, ...second.items].map(({ id }) => id);
  expect([ids, second.nextCursor]).toEqual([made.map(({ id }) => id).toReversed(), null]);
});
