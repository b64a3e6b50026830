import type { DatabaseSync } from "node:sqlite";
import type { Json } from "@assay/core";
import { z } from "zod";
import { seal, unseal } from "./seal.ts";
import { writing } from "./writing.ts";

const Whole = z.int().min(0);

/** What the journal remembers besides intents, snapshots and results; each at most once. */
const Notes = {
  /** What the chain showed of our hotkey when we began to watch it: whatever moved it later was ours or a stranger. */
  baseline: z.object({ block: Whole, nonce: Whole, lastUpdate: Whole, commits: z.array(z.string()) }),
  /** Epochs in which something unknown to this journal may take effect: none of them is set by us. */
  floor: z.object({ throughEpoch: Whole, afterBlock: Whole, reason: z.string() }),
  /** Somebody else acted with our hotkey; nothing is sent until the operator resumes. */
  stranger: z.object({ block: Whole, problem: z.string() }),
  /** The operator knows of the stranger: the watch begins anew. */
  resumed: z.object({}),
  /** The operator wants nothing to be sent. */
  pause: z.object({ reason: z.string() }),
  /** A vector that is held because it changes more than the operator allows, and the one that was let through. */
  heldChange: z.object({ vectorHash: z.string(), changePpb: Whole }),
  allowedChange: z.object({ vectorHash: z.string() }),
  /** What came of computing a snapshot again; no problem is null. */
  recomputed: z.object({ version: Whole, vectorHash: z.string(), problem: z.string().nullable() }),
  /** The newest snapshot that came out the same. */
  verified: z.object({ version: Whole, vectorHash: z.string() }),
  /** First block at which this journal was there to set weights. */
  since: z.object({ block: Whole }),
  /** The journal went to another host and must not be used here any more. */
  moved: z.object({ to: z.string() }),
} as const;

export type NoteName = keyof typeof Notes;
export type Note<Name extends NoteName> = z.infer<(typeof Notes)[Name]>;

/** The note of a name, undefined if there is none. */
export function findNote<Name extends NoteName>(db: DatabaseSync, name: Name): Note<Name> | undefined {
  const row = db.prepare("select body, seal from notes where name = ?").get(name);
  return row === undefined ? undefined : noteOf(name, read(row, name));
}

/** Writes a note in place of the former one. */
export function writeNote<Name extends NoteName>(db: DatabaseSync, name: Name, note: Note<Name>): void {
  const record = seal({ name, value: asJson(Notes[name].parse(note)) });
  const write = db.prepare("insert or replace into notes (name, body, seal) values (?, ?, ?)");
  writing(db, () => write.run(name, record.body, record.seal));
}

export function dropNote(db: DatabaseSync, name: NoteName): void {
  const drop = db.prepare("delete from notes where name = ?");
  writing(db, () => drop.run(name));
}

/** Makes the floor cover more epochs, never fewer. */
export function raiseFloor(db: DatabaseSync, floor: Note<"floor">): void {
  const former = findNote(db, "floor");
  const throughEpoch = Math.max(floor.throughEpoch, former?.throughEpoch ?? 0);
  const afterBlock = Math.max(floor.afterBlock, former?.afterBlock ?? 0);
  writeNote(db, "floor", { ...floor, throughEpoch, afterBlock });
}

/** Reads every note once, so that a flipped bit is found at start. */
export function checkNotes(db: DatabaseSync): void {
  for (const row of db.prepare("select name, body, seal from notes").all()) read(row, String(row["name"]));
}

const Envelope = z.object({ name: z.string(), value: z.unknown() });

function read(row: Record<string, unknown>, name: string): unknown {
  const record = { body: String(row["body"]), seal: String(row["seal"]) };
  return Envelope.refine((note) => note.name === name).parse(unseal(record, `notes, ${name}`)).value;
}

/** The schema of a name gives the type of that name, which the compiler cannot follow through the index. */
function noteOf<Name extends NoteName>(name: Name, value: unknown): Note<Name> {
  return Notes[name].parse(value) as Note<Name>;
}

/** Every schema above is made of JSON. */
function asJson(note: unknown): Json {
  return note as Json;
}
