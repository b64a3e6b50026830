import { type Chain, ChainError, connectChain } from "@assay/chain";
import { shownEndpoint } from "@assay/chain/networks";
import { errorFacts, type Logger } from "./log.ts";
import { LOG } from "./log-messages.ts";
import { backoffMs, pause } from "./loop/pause.ts";
import { within } from "./loop/within.ts";

/** Longer than the chain package itself tries its endpoints. */
const CONNECT_MS = 90_000;

/** Connects to the chain, however long it takes to be reachable; undefined if stopped before. */
export async function connectPatiently(
  url: readonly string[],
  { log, signal }: { log: Logger; signal: AbortSignal },
): Promise<Chain | undefined> {
  for (let attempt = 1; !signal.aborted; attempt++) {
    log.debug({ attempt, url: url.map(shownEndpoint) }, LOG.connecting);
    try {
      return await within(connectChain({ url }), { what: "the chain", ms: CONNECT_MS, signal });
    } catch (error) {
      if (signal.aborted) return undefined;
      if (error instanceof ChainError && !error.retryable) throw error;
      log.warn({ attempt, ...errorFacts(error) }, LOG.chainUnreachable);
    }
    await pause(backoffMs(attempt), signal);
  }
  return undefined;
}
