import { join } from "node:path";
import { mechanismStorageIndex } from "@assay/core";
import { LOG } from "../log-messages.ts";
import { findIntentOfEpoch, findLastConfirmed } from "../store/intents.ts";
import { leaveOrder } from "../store/orders.ts";
import { findResultState } from "../store/results.ts";
import type { Published } from "./backend.ts";
import type { Line } from "./heard.ts";
import type { Account, Evidence } from "./invariants.ts";
import type { SimValidator } from "./validator.ts";
import { NETUID, TEMPO, type World } from "./world.ts";

const STORAGE_INDEX = mechanismStorageIndex(NETUID, 0);
const STORY_LINES = 60;
/** Results looked at; older ones were looked at often enough. */
const RECENT_RESULTS = 30;

type Seen = Pick<Evidence, "sent" | "shown">;

/** What a simulation writes down about its validators between one block and the next. */
export class Books {
  /** Validators that held because they took their own doings for a stranger's. */
  readonly falseAlarms: string[] = [];
  /** The last things that happened, for whoever has to find out why. */
  readonly story: string[] = [];
  readonly #devnet: World["devnet"];
  readonly #folder: string;
  readonly #accepted = new Map<string, number[]>();
  readonly #excusedUntil = new Map<string, number>();
  readonly #silence = new Map<string, number>();
  readonly #isPermitted = new Map<string, boolean>();
  readonly #lastSet = new Map<string, string>();
  readonly #results = new Map<string, string[]>();
  #liedAt = Number.NEGATIVE_INFINITY;

  /** Validators keep their journals in `folder`, each under its hotkey. */
  constructor({ devnet }: World, folder: string) {
    this.#devnet = devnet;
    this.#folder = folder;
  }

  get #height(): number {
    return this.#devnet.head().number;
  }

  tell(what: string): void {
    this.story.push(`${this.#height} ${what}`);
    this.story.splice(0, this.story.length - STORY_LINES);
  }

  /** Notes a line of a validator's log. */
  hear(hotkey: string, { msg, version, code, epochIndex, reason, problem }: Line): void {
    const facts = { code: code ?? version, epochIndex, reason: reason ?? problem };
    this.tell(`${hotkey.slice(0, 6)} ${msg} ${JSON.stringify(facts)}`);
    if (msg === LOG.strangerSeen) this.#meetStranger(hotkey);
    if (msg !== LOG.snapshotAccepted) return;
    this.#accepted.set(hotkey, [...(this.#accepted.get(hotkey) ?? []), Number(version)]);
    if (this.#excusedUntil.get(hotkey) === Number.POSITIVE_INFINITY) this.#excusedUntil.delete(hotkey);
  }

  /** A block that was said to be final is none any more. */
  noteLie(): void {
    this.#liedAt = this.#height;
  }

  hasAccepted(hotkey: string, version: number): boolean {
    return this.#accepted.get(hotkey)?.includes(version) ?? false;
  }

  /** Silence of this validator is no fault of its own for so many blocks. */
  excuse(hotkey: string, blocks: number): void {
    const until = Math.max(this.#excusedUntil.get(hotkey) ?? 0, this.#height + blocks);
    this.#excusedUntil.set(hotkey, until);
  }

  /** A new result of a validator, by its id. */
  addResult(hotkey: string): string {
    const ids = this.#results.get(hotkey) ?? [];
    const id = `result ${ids.length} of ${hotkey}`;
    this.#results.set(hotkey, [...ids, id]);
    return id;
  }

  /** Counts one more block of silence, or none if weights were set or something kept them from being set. */
  countSilence(
    hotkey: string,
    { sent, shown }: Seen,
    { isHealthy, ledger }: { isHealthy: boolean; ledger: ReadonlyMap<number, Published> },
  ): void {
    const last = sent.findLast(({ validator }) => validator === hotkey)?.hash;
    const hasSet = last !== undefined && last !== this.#lastSet.get(hotkey);
    if (last !== undefined) this.#lastSet.set(hotkey, last);
    const neuron = shown?.subnet.neurons.find((one) => one.hotkey === hotkey);
    if (shown !== null) this.#isPermitted.set(hotkey, neuron?.validatorPermit === true);
    const counts = isHealthy && this.#isPermitted.get(hotkey) === true && !this.#isExcused(hotkey, ledger);
    this.#silence.set(hotkey, hasSet ? 0 : (this.#silence.get(hotkey) ?? 0) + (counts ? 1 : 0));
  }

  accountOf({ participant: { hotkey }, store: { db } }: SimValidator): Account {
    const lastConfirmed = findLastConfirmed(db, STORAGE_INDEX);
    const ids = this.#results.get(hotkey)?.slice(-RECENT_RESULTS) ?? [];
    const isAcknowledged = (jobId: string) => findResultState(db, { jobId, attempt: 1 }) === "acknowledged";
    return {
      hotkey,
      intentOf: once((epochIndex) => findIntentOfEpoch(db, { storageIndex: STORAGE_INDEX, epochIndex })),
      lastConfirmed,
      accepted: this.#accepted.get(hotkey) ?? [],
      healthySilence: this.#silence.get(hotkey) ?? 0,
      wasLiedTo: (lastConfirmed?.confirmedBlock ?? 0) <= this.#liedAt + 1,
      acknowledged: ids.filter(isAcknowledged),
    };
  }

  /** What the newest accepted version itself asks for is no silence of the validator's. */
  #isExcused(hotkey: string, ledger: ReadonlyMap<number, Published>): boolean {
    const newest = ledger.get(this.#accepted.get(hotkey)?.at(-1) ?? 0);
    const isOver = (newest?.validUntil ?? 0) < this.#height + 3 * TEMPO && newest?.onExpiry !== "refresh";
    return isOver || this.#height < (this.#excusedUntil.get(hotkey) ?? 0);
  }

  /**
   * Whoever was told a final block that was none may meet its own extrinsic where it does not know it, and holds for
   * its operator; without such a lie that is a false alarm.
   */
  #meetStranger(hotkey: string): void {
    if (this.#height - this.#liedAt < 3 * TEMPO) leaveOrder(join(this.#folder, hotkey), { kind: "resume" });
    else this.falseAlarms.push(`${hotkey} took itself for a stranger at block ${this.#height}`);
  }
}

/** An account is of one moment: several invariants ask it the same. */
function once<Answer>(ask: (epochIndex: number) => Answer): (epochIndex: number) => Answer {
  const known = new Map<number, { answer: Answer }>();
  return (epochIndex) => {
    const found = known.get(epochIndex) ?? { answer: ask(epochIndex) };
    known.set(epochIndex, found);
    return found.answer;
  };
}
