import { parseToken, sha256Hex } from "@assay/core";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createFirstAdminKey, listAudit, revokeApiKey } from "../index.ts";
import { type TestDatabase, testDatabase } from "../test.ts";
import { at, inside } from "../testing/rows.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

let netuid = 100;
const freshSubnet = () => {
  netuid += 1;
  return { netuid, name: "first", now: at(0) };
};

test("makes an admin key whose token is stored only as a hash, and records it", async () => {
  const subnet = freshSubnet();
  const { key, token } = await createFirstAdminKey(database.db, subnet);
  const parsed = parseToken(token);
  expect(key).toMatchObject({ id: parsed?.id, role: "admin", hotkey: null, netuid: subnet.netuid });
  expect(key.secretHash).toBe(await sha256Hex(parsed?.secret ?? ""));
  const { items } = await listAudit(database.db, { netuid: subnet.netuid, limit: 10 });
  expect(items).toMatchObject([{ actor: "database", action: "key.create", target: key.id }]);
});

test("of several at once one is made, the others learn which", async () => {
  const subnet = freshSubnet();
  const attempts = Array.from({ length: 5 }, () =>
    createFirstAdminKey(database.db, subnet).then(
      () => "made",
      (error: { code: string }) => error.code,
    ),
  );
  expect((await Promise.all(attempts)).toSorted()).toEqual([...Array(4).fill("DB_ADMIN_EXISTS"), "made"]);
});

test("once every admin key has ended or expired, another first one can be made", async () => {
  const subnet = freshSubnet();
  const { key } = await createFirstAdminKey(database.db, subnet);
  await inside(database.db, (trx) => revokeApiKey(trx, { id: key.id, revokedAt: at(1) }));
  const second = await createFirstAdminKey(database.db, { ...subnet, now: at(2) });
  const later = new Date(second.key.expiresAt);
  await expect(createFirstAdminKey(database.db, { ...subnet, now: at(3) })).rejects.toMatchObject({
    code: "DB_ADMIN_EXISTS",
  });
  expect((await createFirstAdminKey(database.db, { ...subnet, now: later })).key.id).not.toBe(second.key.id);
});

test("whoever reads the whole database reads no secret of a key", async () => {
  const { key, token } = await createFirstAdminKey(database.db, freshSubnet());
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public'`.execute(
    database.db,
  );
  const dump: string[] = [];
  for (const { name } of tables)
    dump.push(JSON.stringify((await sql`select * from ${sql.table(name)}`.execute(database.db)).rows));
  expect(dump.join("")).toContain(key.secretHash);
  expect(dump.join("")).not.toContain(parseToken(token)?.secret);
});
