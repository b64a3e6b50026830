import { CodedError, type SignedResult } from "@assay/core";
import { sendBacklog } from "../evaluate/backlog.ts";
import type { JobBoard } from "../evaluate/board.ts";
import type { Logger } from "../log.ts";
import type { Store } from "../store/open.ts";
import { queueResult } from "../store/results.ts";
import { receiptFor } from "../testing/board.ts";

const NO_SIGNATURE = `0x${"00".repeat(64)}`;

/** The backend's shelf of results: it takes each once, and its receipt may get lost. */
export class ResultShelf {
  readonly taken = new Map<string, number>();
  /** Receipts that will not arrive. */
  lostReceipts = 0;

  async report({ body }: SignedResult): Promise<void> {
    this.taken.set(body, Math.max(1, this.taken.get(body) ?? 0));
    if (this.lostReceipts === 0) return;
    this.lostReceipts -= 1;
    throw new CodedError({ code: "CLIENT_NO_ANSWER" });
  }
}

type Reporter = { readonly store: Store; readonly log: Logger };

/** Queues a result in the journal and sends what waits there, as the evaluate duty does. */
export async function reportResult({ store, log }: Reporter, id: string, shelf: ResultShelf): Promise<void> {
  queueResult(store.db, { jobId: id, attempt: 1, signed: { body: id, signature: NO_SIGNATURE } });
  const board: JobBoard = {
    jobs: {
      claim: async () => null,
      heartbeat: async () => {},
      release: async () => {},
      fail: async () => {},
    },
    async reportResult(result) {
      await shelf.report(result);
      return { receipt: receiptFor(result) };
    },
    fetchAgent: async () => new Uint8Array(),
  };
  await sendBacklog({ board, store, log }, new AbortController().signal);
}
