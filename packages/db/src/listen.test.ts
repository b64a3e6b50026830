import { sql } from "kysely";
import { afterAll, expect, test, vi } from "vitest";
import { listen } from "./listen.ts";
import { CHANNELS, notify } from "./notify.ts";
import { testDatabase } from "./test.ts";

/** A busy machine must not fail a test that waits for an event. */
const PATIENCE = { timeout: 50_000 };
vi.setConfig({ testTimeout: 60_000 });

const { db, url, close } = await testDatabase();
afterAll(close);

/** A queue whose next item can be awaited. */
function inbox<Item>() {
  const { readable, writable } = new TransformStream<Item, Item>({}, { highWaterMark: 100 });
  const writer = writable.getWriter();
  const reader = readable.getReader();
  return { put: (item: Item) => void writer.write(item), next: async () => (await reader.read()).value };
}

async function cutListeners(): Promise<void> {
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'assay-listen' and datname = current_database()`.execute(db);
}

test("hears what is notified once the transaction has committed", async () => {
  const heard = inbox<string>();
  const listener = await listen(url, {
    channels: [CHANNELS.snapshots],
    onNotify: (channel, payload) => heard.put(`${channel} ${payload}`),
  });
  await db.transaction().execute((trx) => notify(trx, { channel: CHANNELS.snapshots, payload: "1/0/7" }));
  expect(await heard.next()).toBe("assay_snapshots 1/0/7");
  await listener.close();
});

test("connects again by itself after its connection was terminated", async () => {
  const connections = inbox<string>();
  const heard = inbox<string>();
  const listener = await listen(url, {
    channels: [CHANNELS.keys],
    onNotify: (_channel, payload) => heard.put(payload),
    onConnect: () => connections.put("connected"),
    onLost: () => connections.put("lost"),
  });
  expect(await connections.next()).toBe("connected");
  for (const round of ["first", "second"]) {
    await cutListeners();
    expect([await connections.next(), await connections.next()]).toEqual(["lost", "connected"]);
    await notify(db, { channel: CHANNELS.keys, payload: round });
    expect(await heard.next()).toBe(round);
  }
  await listener.close();
});

test("stops for good when it is closed", async () => {
  const listener = await listen(url, { channels: [CHANNELS.keys], onNotify: () => {} });
  await listener.close();
  const open = async () => {
    const { rows } = await sql`select from pg_stat_activity
      where application_name = 'assay-listen' and datname = current_database()`.execute(db);
    return rows.length;
  };
  await expect.poll(open, PATIENCE).toBe(0);
});

test("throws if the first connection fails", async () => {
  const nowhere = "postgresql://nobody@localhost/none?host=%2Fnowhere";
  await expect(listen(nowhere, { channels: [CHANNELS.keys], onNotify: () => {} })).rejects.toThrow(/ENOENT/);
});
