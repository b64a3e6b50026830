import { existsSync } from "node:fs";
import { ValidatorError } from "../errors.ts";
import { pause as wait } from "../loop/pause.ts";
import { openExisting } from "../store/open.ts";
import { leaveOrder, type Order, takeOrders } from "../store/orders.ts";

const EVERY_MS = 500;
/** Several blocks: a running validator takes orders with each. */
const LONGEST_MS = 60_000;

/** Pauses or resumes a validator, whether or not it runs; says whether the order stands in the journal by now. */
export async function order(
  folder: string,
  { wanted, signal, longestMs = LONGEST_MS }: { wanted: Order; signal: AbortSignal; longestMs?: number },
): Promise<string> {
  const state = stateOf(folder);
  const file = leaveOrder(folder, wanted);
  if (state === "free") takeNow(folder);
  const until = performance.now() + longestMs;
  while (state === "running" && existsSync(file) && performance.now() < until && !signal.aborted)
    await wait(EVERY_MS, signal);
  if (!existsSync(file)) return `${wanted.kind}: stands in the journal`;
  return state === "absent"
    ? `${wanted.kind}: left for the first start; there is no journal yet`
    : `${wanted.kind}: left for the running validator, which takes it with its next block`;
}

function takeNow(folder: string): void {
  const store = openExisting(folder);
  try {
    takeOrders(store);
  } finally {
    store.close();
  }
}

function stateOf(folder: string): "free" | "running" | "absent" {
  try {
    openExisting(folder).close();
    return "free";
  } catch (error) {
    const code = error instanceof ValidatorError ? error.code : undefined;
    if (code === "VALIDATOR_JOURNAL_LOCKED") return "running";
    if (code === "VALIDATOR_JOURNAL_ABSENT") return "absent";
    throw error;
  }
}
