import type { DatabaseSync } from "node:sqlite";
import { ValidatorError } from "../errors.ts";
import { CONFIRMED, LIVE, OPEN, SEALED } from "./indexes.ts";
import {
  type Inclusion,
  type Intent,
  IntentBody,
  type IntentPlan,
  type IntentState,
  type SealedCommit,
  type SignedBytes,
} from "./intent.ts";
import { findNote } from "./notes.ts";
import { seal, unseal } from "./seal.ts";
import { inTransaction, writing } from "./writing.ts";

type Change = Partial<IntentBody> & { state: IntentState };
type IntentRow = { id: number; body: string; seal: string };

/**
 * Writes down what is about to be signed; throws VALIDATOR_EPOCH_TAKEN while the epoch has an intent that is not
 * provably dead, while one that was planned for an earlier epoch took effect in this one, or in an epoch of which
 * this journal does not know everything.
 */
export function planIntent(db: DatabaseSync, plan: IntentPlan): Intent {
  return inTransaction(db, () => {
    const taken = findIntentOfEpoch(db, plan);
    if (taken) throw epochTaken(plan.epochIndex, taken.state);
    const floor = findNote(db, "floor");
    if (floor && plan.epochIndex <= floor.throughEpoch) throw epochTaken(plan.epochIndex, "unknown");
    return insertIntent(db, plan);
  });
}

/** The intent that holds an epoch: planned for it and not dead, or in effect in it. */
export function findIntentOfEpoch(
  db: DatabaseSync,
  epoch: { storageIndex: number; epochIndex: number },
): Intent | undefined {
  const heldBy = (column: string) =>
    `select id, body, seal from intents where storage_index = :storageIndex and ${LIVE} and ${column} = :epochIndex`;
  const live = db.prepare(`${heldBy("epoch_index")} union ${heldBy("effective_epoch")} order by id limit 1`);
  const { storageIndex, epochIndex } = epoch;
  return read(live.get({ storageIndex, epochIndex }));
}

/** Intents whose end is not known yet, oldest first: they come before anything new. */
export function listOpenIntents(db: DatabaseSync, storageIndex: number): Intent[] {
  const open = db.prepare(
    `select id, body, seal from intents where storage_index = ? and ${OPEN} order by id`,
  );
  return open.all(storageIndex).map(readRow);
}

/** Commits that are on chain and were not revealed yet, oldest first. */
export function listSealedIntents(db: DatabaseSync, storageIndex: number): Intent[] {
  const sealed = db.prepare(
    `select id, body, seal from intents where storage_index = ? and ${SEALED} order by id`,
  );
  return sealed.all(storageIndex).map(readRow);
}

/** The newest intent that was confirmed on chain, whatever became of its reveal. */
export function findLastConfirmed(db: DatabaseSync, storageIndex: number): Intent | undefined {
  const last = db.prepare(
    `select id, body, seal from intents where storage_index = ? and ${CONFIRMED} order by id desc limit 1`,
  );
  return read(last.get(storageIndex));
}

/** The newest intents that were signed, whatever the journal calls them, newest first. */
export function listSignedLately(db: DatabaseSync, storageIndex: number, most: number): Intent[] {
  const signed = db.prepare(
    `select id, body, seal from intents
     where storage_index = ? and body ->> '$.signed' is not null order by id desc limit ?`,
  );
  return signed.all(storageIndex, most).map(readRow);
}

/** Records the signature before the bytes are sent. */
export function recordSigned(db: DatabaseSync, intent: Intent, signed: SignedBytes): Intent {
  return move(db, intent, { state: "signed", signed });
}

/** Records inclusion in a finalised block. */
export function recordIncluded(db: DatabaseSync, intent: Intent, included: Inclusion): Intent {
  return move(db, intent, { state: "included", included });
}

/** Records that the chain shows the row, or holds the commit if that is what was sent. */
export function recordConfirmed(
  db: DatabaseSync,
  intent: Intent,
  { block, commit = null }: { block: number; commit?: SealedCommit | null },
): Intent {
  return move(db, intent, { state: "confirmed", confirmedBlock: block, commit });
}

/** Records that the chain opened a commit and shows its row. */
export function recordRevealed(db: DatabaseSync, intent: Intent, revealedBlock: number): Intent {
  return move(db, intent, { state: "revealed", revealedBlock });
}

/** Records that a commit is gone and its row never came: it was in effect and holds its epoch. */
export function recordUnrevealed(db: DatabaseSync, intent: Intent, problem: string): Intent {
  return move(db, intent, { state: "unrevealed", problem });
}

/** Records that an included extrinsic left another row than ours: it stays in effect and holds its epoch. */
export function recordDisputed(db: DatabaseSync, intent: Intent, problem: string): Intent {
  return move(db, intent, { state: "included", problem });
}

/** Records that it can never be included any more. */
export function recordExpired(db: DatabaseSync, intent: Intent, problem: string): Intent {
  return move(db, intent, { state: "expired", problem });
}

/** Records that it was included and failed. */
export function recordRefused(db: DatabaseSync, intent: Intent, problem: string): Intent {
  return move(db, intent, { state: "refused", problem });
}

/** How many intents the journal holds in each state. */
export function countByState(db: DatabaseSync): ReadonlyMap<string, number> {
  const rows = db.prepare("select state, count(*) as n from intents group by state").all();
  return new Map(rows.map(({ state, n }) => [String(state), Number(n)]));
}

/** Reads every intent once, so that a flipped bit is found at start and not when it matters. */
export function checkIntents(db: DatabaseSync): void {
  db.prepare("select id, body, seal from intents").all().forEach(readRow);
}

const FRESH = { state: "planned", signed: null, included: null, confirmedBlock: null, problem: null };

function insertIntent(db: DatabaseSync, plan: IntentPlan): Intent {
  const attempt = countAttempts(db, plan) + 1;
  const body = IntentBody.parse({ ...plan, attempt, ...FRESH });
  const record = seal(body);
  const { lastInsertRowid } = db
    .prepare("insert into intents (body, seal) values (?, ?)")
    .run(record.body, record.seal);
  return { ...body, id: Number(lastInsertRowid) };
}

/** How many extrinsics of an epoch were included and failed. */
export function countRefused(
  db: DatabaseSync,
  { storageIndex, epochIndex }: { storageIndex: number; epochIndex: number },
): number {
  const refused = db.prepare(
    `select count(*) as n from intents where storage_index = ? and epoch_index = ? and state = 'refused'`,
  );
  return Number(refused.get(storageIndex, epochIndex)?.["n"]);
}

function countAttempts(db: DatabaseSync, { storageIndex, epochIndex }: IntentPlan): number {
  const all = db.prepare("select count(*) as n from intents where storage_index = ? and epoch_index = ?");
  return Number(all.get(storageIndex, epochIndex)?.["n"]);
}

const NEXT: Record<IntentState, readonly IntentState[]> = {
  planned: ["signed", "expired"],
  signed: ["included", "expired", "refused"],
  included: ["included", "confirmed"],
  confirmed: ["revealed", "unrevealed"],
  revealed: [],
  unrevealed: [],
  expired: [],
  refused: [],
};

/** A conditional update: an intent that was moved since it was read is not moved again. */
function move(db: DatabaseSync, { id, ...before }: Intent, change: Change): Intent {
  const body = IntentBody.parse({ ...before, ...change });
  const record = seal(body);
  const update = db.prepare("update intents set body = ?, seal = ? where id = ? and state = ?");
  const run = () => update.run(record.body, record.seal, id, before.state);
  if (!isStep(before, body) || Number(writing(db, run).changes) !== 1)
    throw new ValidatorError({ code: "VALIDATOR_INTENT_MOVED", id, from: before.state, to: body.state });
  return { ...body, id };
}

function isStep(before: IntentBody, after: IntentBody): boolean {
  const isInBlock = after.state === "included" || after.state === "confirmed";
  const isOpened = after.state === "revealed" || after.state === "unrevealed";
  if (isOpened && after.commit === null) return false;
  return NEXT[before.state].includes(after.state) && (!isInBlock || after.included !== null);
}

function read(row: Record<string, unknown> | undefined): Intent | undefined {
  return row === undefined ? undefined : readRow(row);
}

function readRow(row: Record<string, unknown>): Intent {
  const { id, body, seal: hash } = asIntentRow(row);
  return { ...IntentBody.parse(unseal({ body, seal: hash }, `intents, row ${id}`)), id };
}

/** SQLite's driver types every row as unknown columns; the strict table fixes what these three are. */
function asIntentRow(row: Record<string, unknown>): IntentRow {
  return row as IntentRow;
}

function epochTaken(epochIndex: number, state: string): ValidatorError {
  return new ValidatorError(
    { code: "VALIDATOR_EPOCH_TAKEN", epochIndex, state },
    `Epoch ${epochIndex} already has an extrinsic (${state}); at most one takes effect.`,
  );
}
