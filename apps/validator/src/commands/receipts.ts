import { openExisting } from "../store/open.ts";
import { listReceipts } from "../store/receipts.ts";

/** Prints every receipt in the journal, oldest first, one JSON object in a line; `assay receipts verify` reads them. */
export function printReceipts(folder: string, write: (text: string) => void): void {
  const store = openExisting(folder);
  try {
    for (const kept of listReceipts(store.db)) write(`${JSON.stringify(kept)}\n`);
  } finally {
    store.close();
  }
}
