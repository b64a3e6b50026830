import type { Chain, Head } from "@assay/chain";
import { errorFacts, type Logger } from "../log.ts";
import { LOG } from "../log-messages.ts";
import { backoffMs, pause } from "./pause.ts";
import { within } from "./within.ts";

/** A chain that shows no finalised block for this long is asked anew. */
const STALE_MS = 120_000;

type Source = Pick<Chain, "finalisedHeads">;

/** Finalised heads for as long as the signal lasts: a subscription that ends, fails or falls silent is renewed. */
export async function* lastingHeads(
  chain: Source,
  { signal, log }: { signal: AbortSignal; log: Logger },
): AsyncIterable<Head> {
  let failures = 0;
  while (!signal.aborted) {
    const subscription = new AbortController();
    const either = AbortSignal.any([signal, subscription.signal]);
    try {
      for await (const head of fresh(chain.finalisedHeads(either), signal)) {
        failures = 0;
        yield head;
      }
    } catch (error) {
      if (!signal.aborted) log.warn(errorFacts(error), LOG.headsStale);
    } finally {
      subscription.abort();
    }
    failures += 1;
    await pause(backoffMs(failures), signal);
  }
}

async function* fresh(heads: AsyncIterable<Head>, signal: AbortSignal): AsyncIterable<Head> {
  const iterator = heads[Symbol.asyncIterator]();
  while (true) {
    const next = await within(iterator.next(), { what: "the next finalised block", ms: STALE_MS, signal });
    if (next.done) return;
    yield next.value;
  }
}
