import type { Head } from "@assay/chain";
import { expect, test } from "vitest";
import { LOG } from "../log-messages.ts";
import { capturedLog } from "../testing/captured-log.ts";
import { pushed } from "../testing/pushed.ts";
import type { Duty } from "./duty.ts";
import { runDuties } from "./run-duties.ts";

const head = (block: number): Head => ({ block, hash: `0x${block.toString(16)}` });

/** A duty that says when it was called and ends when the test lets it. */
function controlled(name: string) {
  const calls: number[] = [];
  let gate = Promise.withResolvers<void>();
  let called = Promise.withResolvers<void>();
  const duty: Duty = {
    name,
    async run({ block }) {
      calls.push(block);
      called.resolve();
      called = Promise.withResolvers();
      await gate.promise;
    },
  };
  const finish = (error?: Error) => {
    if (error) gate.reject(error);
    else gate.resolve();
    gate = Promise.withResolvers();
  };
  return { duty, calls, finish, nextCall: () => called.promise };
}

test("a busy duty misses blocks and holds up no other", async () => {
  const [slow, quick] = [controlled("slow"), controlled("quick")];
  const heads = pushed<Head>();
  const { log } = capturedLog();
  const { signal } = new AbortController();
  const ended = runDuties(heads, { duties: [slow.duty, quick.duty], log, signal });
  for (const block of [1, 2, 3]) {
    const call = quick.nextCall();
    heads.push(head(block));
    await call;
    quick.finish();
    await Promise.resolve();
  }
  expect(slow.calls).toEqual([1]);
  expect(quick.calls).toEqual([1, 2, 3]);
  slow.finish();
  heads.end();
  await ended;
});

test("an error is told once, the next block calls again, and recovery is told too", async () => {
  const failing = controlled("weights");
  const heads = pushed<Head>();
  const { log, lines } = capturedLog();
  const ended = runDuties(heads, { duties: [failing.duty], log, signal: new AbortController().signal });
  for (const [block, error] of [new Error("boom"), new Error("boom"), undefined].entries()) {
    const call = failing.nextCall();
    heads.push(head(block));
    await call;
    failing.finish(error);
    await new Promise((resolve) => setImmediate(resolve));
  }
  heads.end();
  await ended;
  expect(failing.calls).toEqual([0, 1, 2]);
  const facts = { duty: "weights", code: "VALIDATOR_UNKNOWN" };
  expect(lines).toEqual([
    expect.objectContaining({ level: 50, msg: LOG.dutyFailed, block: 0, ...facts }),
    expect.objectContaining({ level: 20, msg: LOG.dutyFailed, block: 1, ...facts }),
    expect.objectContaining({ level: 30, msg: LOG.dutyRecovered, block: 2 }),
  ]);
});

test("the loop ends only when every duty has come back", async () => {
  const slow = controlled("slow");
  const heads = pushed<Head>();
  const { log } = capturedLog();
  let isEnded = false;
  const ended = runDuties(heads, { duties: [slow.duty], log, signal: new AbortController().signal }).then(
    () => {
      isEnded = true;
    },
  );
  const call = slow.nextCall();
  heads.push(head(1));
  heads.end();
  await call;
  await new Promise((resolve) => setImmediate(resolve));
  expect(isEnded).toBe(false);
  slow.finish();
  await ended;
  expect(isEnded).toBe(true);
});
