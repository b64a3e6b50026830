import { type Chain, ChainError, connectChain } from "@assay/chain";
import { errorFacts, type Logger } from "./log.ts";
import { LOG } from "./log-messages.ts";
import { backoffMs, pause } from "./loop/pause.ts";

/** Connects to the chain, however long it takes to be reachable; undefined if stopped before. */
export async function connectPatiently(
  url: readonly string[],
  { log, signal }: { log: Logger; signal: AbortSignal },
): Promise<Chain | undefined> {
  for (let attempt = 1; !signal.aborted; attempt++) {
    try {
      return await connectChain({ url });
    } catch (error) {
      if (!(error instanceof ChainError) || !error.retryable) throw error;
      log.warn({ attempt, ...errorFacts(error) }, LOG.chainUnreachable);
    }
    await pause(backoffMs(attempt), signal);
  }
  return undefined;
}
