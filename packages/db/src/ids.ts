import { randomUUIDv7 } from "node:crypto";

/** Kinds of records that are named by an id. */
export type IdKind =
  | "competition"
  | "cycle"
  | "submission"
  | "job"
  | "candidate"
  | "leader"
  | "key"
  | "review"
  | "ban"
  | "request";

const COUNTER_SIZE = 0x1000;
let lastMs = 0;
let counter = 0;

/** A new id `<kind>_<uuidv7>`; the ids of one process sort in the order of their creation. */
export function newId(kind: IdKind): string {
  const uuid = randomUUIDv7();
  tick(Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16));
  const time = lastMs.toString(16).padStart(12, "0");
  const order = counter.toString(16).padStart(3, "0");
  return `${kind}_${time.slice(0, 8)}-${time.slice(8)}-7${order}-${uuid.slice(19)}`;
}

/** Within one millisecond, or after the clock went back, a counter in the bits after the version keeps the order. */
function tick(nowMs: number): void {
  const isLater = nowMs > lastMs;
  const isFull = counter + 1 === COUNTER_SIZE;
  counter = isLater || isFull ? 0 : counter + 1;
  lastMs = isLater ? nowMs : lastMs + (isFull ? 1 : 0);
}
