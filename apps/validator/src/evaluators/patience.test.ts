import { builtInTasks } from "@assay/evaluator";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { anAssignment } from "../testing/assignment.ts";
import { allowanceMs, Patience } from "./patience.ts";
import { EVALUATION_MS } from "./worker.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const MINUTE = 60_000;

/** An assignment with so many seeds, for modules or for containers. */
function withSeeds(count: number, agents: "modules" | "containers") {
  const { job } = anAssignment();
  const named = agents === "containers" ? "waypoint-navigation-container" : "waypoint-navigation";
  const task = builtInTasks.find(({ name }) => name === named)?.make({});
  if (task === undefined) throw new Error(`no task ${named}`);
  return { task, job: { ...job, seeds: Array.from({ length: count }, () => "11".repeat(32)) } };
}

test("a run may take as long as its agent may, and some time around it, never beyond all bounds", () => {
  const minutes = (count: number, agents: "modules" | "containers") =>
    allowanceMs(withSeeds(count, agents)) / MINUTE;
  expect([200, 2_000].map((count) => minutes(count, "modules"))).toEqual([4.6, 18.1]);
  expect(minutes(200, "containers")).toBeCloseTo(9.33, 2);
  expect(minutes(100_000, "containers")).toBe(24);
  expect(allowanceMs(withSeeds(100_000, "modules"))).toBe(EVALUATION_MS);
});

function waiting() {
  const given: string[] = [];
  const limits = { silenceMs: MINUTE, allowanceMs: 10 * MINUTE };
  return { given, patience: new Patience(limits, ({ reason }) => given.push(reason)) };
}

test("a run that does not get on is given up, one that does is waited for", () => {
  const { given, patience } = waiting();
  for (const done of [1, 2, 9]) {
    vi.advanceTimersByTime(MINUTE - 1);
    patience.progressed(done);
  }
  expect(given).toEqual([]);
  vi.advanceTimersByTime(MINUTE);
  expect(given).toEqual(["stalled"]);
});

test("whatever it says, a run ends with its allowance", () => {
  const { given, patience } = waiting();
  for (let done = 1; done < 20; done += 1) {
    vi.advanceTimersByTime(MINUTE / 2);
    patience.progressed(done);
  }
  expect(given).toEqual([]);
  vi.advanceTimersByTime(MINUTE / 2);
  expect(given).toEqual(["overdue"]);
});

test("a flood of progress is no progress", () => {
  const { given, patience } = waiting();
  for (let done = 1; done <= 130; done += 1) patience.progressed(done);
  expect(given).toEqual([]);
  patience.progressed(131);
  expect(given).toEqual(["malformed"]);
});

test("nothing happens after the end", () => {
  const { given, patience } = waiting();
  patience.end();
  vi.advanceTimersByTime(20 * MINUTE);
  expect(given).toEqual([]);
});
