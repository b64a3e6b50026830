import { type Task, waypointNavigation } from "@assay/evaluator";
import { expect, test } from "vitest";
import { Pool } from "./pool.ts";
import type { Worker } from "./worker.ts";

const worker = (name: string): Worker => ({
  name,
  suits: ({ agents }) => agents === undefined,
  evaluate: () => Promise.reject(new Error("not asked for")),
});
const [local, first, second] = [worker("local"), worker("first"), worker("second")];
const nameOf = (pool: Pool, wantsLocal = false) => pool.take({ wantsLocal })?.worker.name;
const forEver = new AbortController().signal;

test("this host works only while nobody has joined", () => {
  const pool = new Pool({ local });
  pool.take()?.end();
  pool.join(first);
  expect(nameOf(pool)).toBe("first");
  expect(nameOf(pool)).toBeUndefined();
  pool.leave(first);
  expect(nameOf(pool)).toBe("local");
});

test("this host works always, after the others, or never", () => {
  const always = new Pool({ local, use: "always" });
  always.join(first);
  expect([nameOf(always), nameOf(always), nameOf(always)]).toEqual(["first", "local", undefined]);
  const never = new Pool({ local, use: "never" });
  expect([nameOf(never), nameOf(never, true)]).toEqual([undefined, undefined]);
});

test("after an offence this host works along for ten minutes, whoever else has joined", () => {
  let nowMs = 0;
  const pool = new Pool({ local, now: () => nowMs });
  pool.join(first);
  pool.leave(first);
  pool.join(second);
  expect([nameOf(pool), nameOf(pool)]).toEqual(["second", undefined]);
  pool.leave(second, { isOffence: true });
  pool.join(first);
  const loans = [pool.take(), pool.take()];
  expect(loans.map((loan) => loan?.worker.name)).toEqual(["first", "local"]);
  for (const loan of loans) loan?.end();
  nowMs = 600_000;
  expect([nameOf(pool), nameOf(pool)]).toEqual(["first", undefined]);
});

test("a host that never evaluates does not after an offence either", () => {
  const pool = new Pool({ local, use: "never" });
  pool.join(first);
  pool.leave(first, { isOffence: true });
  expect(nameOf(pool)).toBeUndefined();
});

test("who wants this host gets it although others have joined", () => {
  const pool = new Pool({ local });
  pool.join(first);
  expect([nameOf(pool, true), nameOf(pool, true)]).toEqual(["local", "first"]);
});

test("work goes to whoever has been idle longest", () => {
  const pool = new Pool({ local });
  pool.join(first);
  pool.join(second);
  pool.take()?.end();
  expect(nameOf(pool)).toBe("second");
});

test("a loan ends once, and one of somebody who has left returns nobody", () => {
  const pool = new Pool({ local });
  pool.join(first);
  const loan = pool.take();
  loan?.end();
  expect(nameOf(pool)).toBe("first");
  loan?.end();
  expect(nameOf(pool)).toBeUndefined();
  const departed = new Pool({ local, use: "never" });
  departed.join(second);
  const late = departed.take();
  departed.leave(second);
  late?.end();
  expect([nameOf(departed), departed.joined]).toEqual([undefined, 0]);
});

test("who waits for a worker gets the first that is free, or the reason to stop", async () => {
  const pool = new Pool({ local, use: "never" });
  const waiting = pool.borrow(forEver);
  pool.join(first);
  expect((await waiting).worker).toBe(first);
  const stop = new AbortController();
  const stopped = pool.borrow(stop.signal);
  stop.abort(new Error("stopping"));
  await expect(stopped).rejects.toThrow("stopping");
});

test("who cannot run a task's agents is passed over, until somebody comes who can", async () => {
  const task: Task = { ...waypointNavigation(), agents: "container" };
  const pool = new Pool({ local });
  pool.join(first);
  expect(pool.take({ task })).toBeUndefined();
  const waiting = pool.borrow(forEver, { task });
  const able: Worker = { ...second, suits: () => true };
  pool.join(able);
  expect((await waiting).worker).toBe(able);
  expect(nameOf(pool)).toBe("first");
});

test("every change says how many have joined", () => {
  const seen: number[] = [];
  const pool = new Pool({ local, onChange: (joined) => seen.push(joined) });
  pool.join(first);
  pool.join(second);
  pool.leave(first);
  expect(seen).toEqual([1, 2, 1]);
});

test("what nobody can do is told from what nobody can do now", () => {
  const contained: Task = { ...waypointNavigation(), agents: "container" };
  const [open, closed] = [new Pool({ local }), new Pool({ local, isOpen: false })];
  expect([open, closed].map((pool) => [pool.has(contained), pool.isHopeless(contained)])).toEqual([
    [false, false],
    [false, true],
  ]);
  closed.take();
  expect([closed.has(waypointNavigation()), closed.isHopeless(waypointNavigation())]).toEqual([true, false]);
  expect(new Pool({ local, use: "never", isOpen: false }).isHopeless(waypointNavigation())).toBe(true);
});
