import { expect, test } from "vitest";
import { HeadFeed } from "./head-feed.ts";

const head = (block: number) => ({ block, hash: `0x${block}` });

test("a reader gets the present head and then each new one", async () => {
  const feed = new HeadFeed();
  feed.publish(head(1));
  const heads = feed.read();
  expect((await heads.next()).value).toEqual(head(1));
  const next = heads.next();
  feed.publish(head(2));
  expect((await next).value).toEqual(head(2));
});

test("a slow reader gets only the newest", async () => {
  const feed = new HeadFeed();
  const heads = feed.read();
  feed.publish(head(1));
  expect((await heads.next()).value).toEqual(head(1));
  for (const block of [2, 3, 4]) feed.publish(head(block));
  expect((await heads.next()).value).toEqual(head(4));
});

test("heights only grow", async () => {
  const feed = new HeadFeed();
  expect([5, 4, 5, 6].map((block) => feed.publish(head(block)))).toEqual([true, false, false, true]);
  expect(feed.newest).toEqual(head(6));
});

test("a waiting reader ends when its signal aborts, and only that one", async () => {
  const feed = new HeadFeed();
  const stop = new AbortController();
  const [aborted, other] = [feed.read(stop.signal).next(), feed.read().next()];
  stop.abort();
  expect(await aborted).toEqual({ done: true, value: undefined });
  feed.publish(head(1));
  expect((await other).value).toEqual(head(1));
});

test("an aborted reader gets nothing, even if a head is there", async () => {
  const feed = new HeadFeed();
  feed.publish(head(1));
  expect((await feed.read(AbortSignal.abort()).next()).done).toBe(true);
});

test("all readers end with the feed", async () => {
  const feed = new HeadFeed();
  const waiting = [feed.read().next(), feed.read().next()];
  feed.end();
  expect((await Promise.all(waiting)).map(({ done }) => done)).toEqual([true, true]);
  expect((await feed.read().next()).done).toBe(true);
});
