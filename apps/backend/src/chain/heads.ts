import { setTimeout as wait } from "node:timers/promises";
import type { Chain, Head } from "@assay/chain";
import type { Log } from "../log.ts";

const RETRY_MS = 1_000;

export type HeadSource = { readonly chain: Chain; readonly log: Log; readonly signal: AbortSignal };

/** Calls `onHead` for finalised heads, one after the other, until the signal aborts; failures are logged and outlived. */
export async function followHeads(source: HeadSource, onHead: (head: Head) => Promise<void>): Promise<void> {
  const { log, signal } = source;
  while (!signal.aborted) {
    try {
      await readHeads(source, onHead);
    } catch (error) {
      log.warn({ err: error }, "finalised heads interrupted");
    }
    await wait(RETRY_MS, undefined, { signal }).catch(() => undefined);
  }
}

async function readHeads(
  { chain, log, signal }: HeadSource,
  onHead: (head: Head) => Promise<void>,
): Promise<void> {
  for await (const head of chain.finalisedHeads(signal)) {
    try {
      await onHead(head);
    } catch (error) {
      log.warn({ err: error, block: head.block }, "block not read");
    }
  }
}
