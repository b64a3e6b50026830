import type { SignedSnapshot } from "@assay/core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LOG } from "../log-messages.ts";
import { capturedLog } from "../testing/captured-log.ts";
import { aKeptSnapshot } from "../testing/journal-rows.ts";
import { type Pushed, pushed } from "../testing/pushed.ts";
import { createInbox } from "./inbox.ts";
import { subscribeForEver } from "./subscribe.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const snapshot = (version: number): SignedSnapshot => aKeptSnapshot(version).signed;

test("a subscription that ends or is refused is renewed, and nothing received is lost", async () => {
  const opened: Pushed<SignedSnapshot>[] = [];
  const problems: ((problem: Error) => void)[] = [];
  const source = {
    snapshots: {
      subscribe: ({ onProblem }: { onProblem: (problem: Error) => void }) => {
        problems.push(onProblem);
        const events = pushed<SignedSnapshot>();
        opened.push(events);
        return events;
      },
    },
  };
  const inbox = createInbox();
  const { log, lines } = capturedLog();
  const stop = new AbortController();
  const ended = subscribeForEver(source, { inbox, log, signal: stop.signal });
  await vi.advanceTimersByTimeAsync(0);
  opened[0]?.push(snapshot(1));
  opened[0]?.end();
  await vi.advanceTimersByTimeAsync(60_000);
  opened[1]?.push(snapshot(2));
  opened[1]?.fail(new Error("key refused"));
  await vi.advanceTimersByTimeAsync(60_000);
  opened[2]?.push(snapshot(3));
  await vi.advanceTimersByTimeAsync(0);
  problems[2]?.(new Error("malformed"));
  expect(lines.map(({ msg }) => msg)).toEqual([LOG.subscriptionRefused, LOG.subscriptionLost]);
  for (const version of [1, 2, 3]) {
    const first = inbox.first();
    expect(first?.version).toBe(version);
    if (first) inbox.drop(first);
  }
  expect(inbox.first()).toBeUndefined();
  stop.abort();
  opened[2]?.end();
  await ended;
});

test("a snapshot that contradicts another of its version is verified too", async () => {
  const events = pushed<SignedSnapshot>();
  const conflicts: ((conflict: { other: SignedSnapshot }) => void)[] = [];
  const source = {
    snapshots: {
      subscribe: ({ onConflict }: { onConflict: (conflict: { other: SignedSnapshot }) => void }) => {
        conflicts.push(onConflict);
        return events;
      },
    },
  };
  const inbox = createInbox();
  const stop = new AbortController();
  const ended = subscribeForEver(source, { inbox, log: capturedLog().log, signal: stop.signal });
  await vi.advanceTimersByTimeAsync(0);
  const other = { ...snapshot(1), body: "{}" };
  conflicts[0]?.({ other });
  expect(inbox.first()).toBe(other);
  stop.abort();
  events.end();
  await ended;
});

test("an inbox nobody reads stays small and keeps the newest", () => {
  const inbox = createInbox();
  for (let version = 1; version <= 100; version++) inbox.put(snapshot(version));
  expect(inbox.first()?.version).toBe(85);
});
