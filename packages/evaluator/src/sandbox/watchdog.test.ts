import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Watchdog } from "./watchdog.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const PLENTY = 2 ** 40;

/** Keeps the processor busy until this process has used the given time. */
function burn(cpuMs: number): void {
  const start = process.cpuUsage();
  const used = () => (process.cpuUsage(start).user + process.cpuUsage(start).system) / 1000;
  while (used() < cpuMs);
}

test("time on the wall alone ends nothing", () => {
  const onLimit = vi.fn();
  new Watchdog({ turnMs: 5_000, totalMs: 60_000, processBytes: PLENTY }, onLimit).arm();
  vi.advanceTimersByTime(600_000);
  expect(onLimit).not.toHaveBeenCalled();
});

test("a turn that uses its processor time is ended", () => {
  const onLimit = vi.fn();
  new Watchdog({ turnMs: 30, totalMs: 60_000, processBytes: PLENTY }, onLimit).arm();
  burn(40);
  vi.advanceTimersByTime(100);
  expect(onLimit).toHaveBeenCalledExactlyOnceWith({
    code: "EVALUATOR_AGENT_TIMEOUT",
    detail: "used more than 30 ms of processor time for a turn",
  });
});

test("many short turns together are ended by the total", () => {
  const onLimit = vi.fn();
  const watchdog = new Watchdog({ turnMs: 1_000, totalMs: 60, processBytes: PLENTY }, onLimit);
  for (let i = 0; i < 2; i += 1) {
    watchdog.arm();
    burn(40);
    watchdog.disarm();
  }
  watchdog.arm();
  vi.advanceTimersByTime(100);
  expect(onLimit).toHaveBeenCalledExactlyOnceWith({
    code: "EVALUATOR_AGENT_TIMEOUT",
    detail: "used more than 60 ms of processor time in all",
  });
});

test("a turn that ended in time is left alone", () => {
  const onLimit = vi.fn();
  const watchdog = new Watchdog({ turnMs: 30, totalMs: 60_000, processBytes: PLENTY }, onLimit);
  watchdog.arm();
  watchdog.disarm();
  burn(40);
  vi.advanceTimersByTime(1_000);
  expect(onLimit).not.toHaveBeenCalled();
});

test("a process that takes too much memory is ended", () => {
  const onLimit = vi.fn();
  new Watchdog({ turnMs: 5_000, totalMs: 60_000, processBytes: 1_000 }, onLimit).arm();
  vi.advanceTimersByTime(50);
  expect(onLimit).toHaveBeenCalledExactlyOnceWith({
    code: "EVALUATOR_AGENT_OUT_OF_MEMORY",
    detail: "its process took more than 1000 bytes",
  });
});
