import type { Head } from "@assay/chain";
import { expect, test } from "vitest";
import { LOG } from "../log-messages.ts";
import { capturedLog } from "../test/captured-log.ts";
import { pushed } from "../test/pushed.ts";
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

test("an error of a duty is logged with its code, and the next block calls it again", async () => {
  const failing = controlled("weights");
  const heads = pushed<Head>();
  const { log, lines } = capturedLog();
  const ended = runDuties(heads, { duties: [failing.duty], log, signal: new AbortController().signal });
  const first = failing.nextCall();
  heads.push(head(1));
  await first;
  failing.finish(Object.assign(new Error("boom")));
  const second = failing.nextCall();
  await new Promise((resolve) => setImmediate(resolve));
  heads.push(head(2));
  await second;
  failing.finish();
  heads.end();
  await ended;
  expect(failing.calls).toEqual([1, 2]);
  expect(lines).toEqual([
    expect.objectContaining({ msg: LOG.dutyFailed, duty: "weights", block: 1, code: "VALIDATOR_UNKNOWN" }),
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
