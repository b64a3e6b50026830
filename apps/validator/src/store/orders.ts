import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { dropNote, findNote, writeNote } from "./notes.ts";
import type { Store } from "./open.ts";
import { inTransaction } from "./writing.ts";

/** What an operator tells a validator: a running one holds its journal, so it is told through a file beside it. */
export const Order = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("pause"), reason: z.string().max(500) }),
  z.object({ kind: z.literal("resume") }),
]);
export type Order = z.infer<typeof Order>;

/** Leaves an order in the journal's folder; the file is gone once the order stands in the journal. */
export function leaveOrder(folder: string, order: Order): string {
  const orders = ordersIn(folder);
  mkdirSync(orders, { recursive: true, mode: 0o700 });
  const path = join(orders, `${String(Date.now()).padStart(15, "0")}-${crypto.randomUUID()}.json`);
  writeFileSync(`${path}.part`, JSON.stringify(order), { mode: 0o600, flush: true });
  renameSync(`${path}.part`, path);
  return path;
}

/** Takes every order that lies there into the journal, oldest first; one that cannot be read stays and does nothing. */
export function takeOrders({ db, path }: Pick<Store, "db" | "path">): Order[] {
  const orders = ordersIn(dirname(path));
  return namesIn(orders).flatMap((name) => {
    const file = join(orders, name);
    const order = Order.safeParse(contentOf(file));
    if (!order.success) return [];
    inTransaction(db, () => apply(db, order.data));
    rmSync(file, { force: true });
    return [order.data];
  });
}

function apply(db: DatabaseSync, order: Order): void {
  if (order.kind === "pause") return writeNote(db, "pause", { reason: order.reason });
  const held = findNote(db, "heldChange");
  if (held) writeNote(db, "allowedChange", { vectorHash: held.vectorHash });
  if (findNote(db, "stranger")) writeNote(db, "resumed", {});
  if (findNote(db, "stranger")) dropNote(db, "baseline");
  for (const name of ["pause", "heldChange", "stranger"] as const) dropNote(db, name);
}

function ordersIn(folder: string): string {
  return join(folder, "orders");
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".json"))
      .toSorted();
  } catch {
    return [];
  }
}

function contentOf(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}
