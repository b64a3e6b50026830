import type { SignedSnapshot } from "@assay/core";
import { pino } from "pino";
import { expect, test } from "vitest";
import { createFeed } from "./feed.ts";

/** A feed over a store whose newest version the test sets. */
function feedOver() {
  const store = { newest: 0, reads: 0, fails: false };
  const feed = createFeed({
    log: pino({ level: "silent" }),
    read: async (above) => {
      store.reads += 1;
      if (store.fails) throw new Error("no database");
      return store.newest > above ? ({ version: store.newest } as SignedSnapshot) : undefined;
    },
  });
  const publish = async (version: number) => {
    store.newest = version;
    await feed.refresh();
  };
  return { feed, store, publish };
}

test("gives the newest first, then every newer one, and ends when its reader leaves", async () => {
  const { feed, publish } = feedOver();
  await publish(3);
  const leaving = new AbortController();
  const reader = feed.follow(0, leaving.signal);
  expect((await reader.next()).value).toMatchObject({ version: 3 });
  const next = reader.next();
  await publish(4);
  expect((await next).value).toMatchObject({ version: 4 });
  const last = reader.next();
  leaving.abort();
  expect(await last).toEqual({ done: true, value: undefined });
});

test("a slow reader skips to the newest", async () => {
  const { feed, publish } = feedOver();
  const reader = feed.follow(0, new AbortController().signal);
  for (const version of [1, 2, 3]) await publish(version);
  expect((await reader.next()).value).toMatchObject({ version: 3 });
});

test("whoever has seen the newest waits for a newer one", async () => {
  const { feed, publish } = feedOver();
  await publish(7);
  const next = feed.follow(7, new AbortController().signal).next();
  await publish(8);
  expect((await next).value).toMatchObject({ version: 8 });
});

test("never goes back, even if the store does", async () => {
  const { feed, publish } = feedOver();
  await publish(5);
  await publish(2);
  expect(feed.newest()?.version).toBe(5);
});

test("a look that fails is followed by one that does not", async () => {
  const { feed, store, publish } = feedOver();
  store.fails = true;
  await publish(1);
  expect(feed.newest()).toBeUndefined();
  store.fails = false;
  await feed.refresh();
  expect(feed.newest()?.version).toBe(1);
});

test("whoever asks while a look is under way shares the next one, which sees what was written before", async () => {
  const { feed, store } = feedOver();
  store.newest = 1;
  const first = feed.refresh();
  await Promise.resolve();
  store.newest = 2;
  await Promise.all(Array.from({ length: 1_000 }, () => feed.refresh()));
  expect([feed.newest()?.version, store.reads]).toEqual([2, 2]);
  await first;
});
