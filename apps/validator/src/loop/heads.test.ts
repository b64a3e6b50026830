import type { Head } from "@assay/chain";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LOG } from "../log-messages.ts";
import { capturedLog } from "../testing/captured-log.ts";
import { type Pushed, pushed } from "../testing/pushed.ts";
import { lastingHeads } from "./heads.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const head = (block: number): Head => ({ block, hash: `0x${block.toString(16)}` });

/** A chain whose subscriptions the test controls one by one. */
function subscriptions() {
  const opened: { heads: Pushed<Head>; signal: AbortSignal | undefined }[] = [];
  const finalisedHeads = (signal?: AbortSignal) => {
    const heads = pushed<Head>();
    opened.push({ heads, signal });
    return heads;
  };
  return { opened, chain: { finalisedHeads } };
}

test("a subscription that ends, fails or falls silent is renewed", async () => {
  const { opened, chain } = subscriptions();
  const { log, lines } = capturedLog();
  const stop = new AbortController();
  const heads = lastingHeads(chain, { signal: stop.signal, log })[Symbol.asyncIterator]();

  const first = heads.next();
  opened[0]?.heads.push(head(1));
  expect(await first).toEqual({ done: false, value: head(1) });

  const afterEnd = heads.next();
  opened[0]?.heads.end();
  await vi.advanceTimersByTimeAsync(60_000);
  opened[1]?.heads.push(head(2));
  expect((await afterEnd).value).toEqual(head(2));

  const afterFailure = heads.next();
  opened[1]?.heads.fail(new Error("socket closed"));
  await vi.advanceTimersByTimeAsync(60_000);
  opened[2]?.heads.push(head(3));
  expect((await afterFailure).value).toEqual(head(3));

  const afterSilence = heads.next();
  await vi.advanceTimersByTimeAsync(180_000);
  expect(opened[2]?.signal?.aborted).toBe(true);
  opened[3]?.heads.push(head(4));
  expect((await afterSilence).value).toEqual(head(4));
  expect(lines.map(({ msg, code }) => [msg, code])).toEqual([
    [LOG.headsStale, "VALIDATOR_UNKNOWN"],
    [LOG.headsStale, "VALIDATOR_DEADLINE"],
  ]);

  const last = heads.next();
  stop.abort();
  await vi.advanceTimersByTimeAsync(1);
  expect((await last).done).toBe(true);
});
