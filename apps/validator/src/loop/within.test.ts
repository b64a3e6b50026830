import { MessageChannel } from "node:worker_threads";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { within } from "./within.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = () => new Promise<never>(() => undefined);

test("an answer in time is the answer, and leaves no timer behind", async () => {
  await expect(within(Promise.resolve(7), { what: "an answer", ms: 1000 })).resolves.toBe(7);
  expect(vi.getTimerCount()).toBe(0);
});

test("a wait without answer ends at its deadline and names what it waited for", async () => {
  const waiting = expect(within(never(), { what: "the metagraph", ms: 30_000 })).rejects.toMatchObject({
    code: "VALIDATOR_DEADLINE",
    facts: { what: "the metagraph", ms: 30_000 },
  });
  await vi.advanceTimersByTimeAsync(30_001);
  await waiting;
});

test("what came while this process stood still came in time", async () => {
  vi.useRealTimers();
  const { port1: here, port2: there } = new MessageChannel();
  const arrived = new Promise((resolve) => here.once("message", resolve));
  const waiting = within(arrived, { what: "an answer", ms: 10 });
  there.postMessage("in time");
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  expect(await waiting).toBe("in time");
  here.close();
});

test("a stop ends the wait at once", async () => {
  const stop = new AbortController();
  const waiting = within(never(), { what: "finality", ms: 30_000, signal: stop.signal });
  stop.abort(new Error("stopping"));
  await expect(waiting).rejects.toThrow("stopping");
  expect(vi.getTimerCount()).toBe(0);
});

test("after a stop nothing is waited for", async () => {
  const signal = AbortSignal.abort(new Error("stopped"));
  await expect(within(Promise.resolve(1), { what: "x", ms: 1, signal })).rejects.toThrow("stopped");
});
