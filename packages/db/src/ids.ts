import { randomUUIDv7 } from "node:crypto";

/** Kinds of records that are named by an id. */
export type IdKind = "competition" | "cycle" | "submission" | "job" | "candidate" | "leader" | "key";

/** A new id `<kind>_<uuidv7>`; ids of one kind sort by their time of creation. */
export function newId(kind: IdKind): string {
  return `${kind}_${randomUUIDv7()}`;
}
