import { type Chain, connectChain, type Head } from "@assay/chain";
import type { SignedSnapshot } from "@assay/core";
import { weightsDuty } from "../duties/weights.ts";
import type { Duty } from "../loop/duty.ts";
import { openStore, type Store } from "../store/open.ts";
import { weightsContext } from "../testing/weights-context.ts";
import type { WeightsContext } from "../weights/context.ts";
import { Fuse, mortalDb } from "./fuse.ts";
import { heardLog, type Line } from "./heard.ts";
import { mortalChain, type Trouble } from "./mortal-chain.ts";
import { type ResultShelf, reportResult } from "./results.ts";
import { NETUID, type Participant, type World } from "./world.ts";

/** What chain says once an extrinsic is in the pool and only blocks can decide about it. */
const WAITING = "waiting for finalised blocks to decide";
/** So many answers later a connection has worked off all it was told of before: answers come in order. */
const ANSWERS = 24;
/** A decision that is not noticed by then comes with the next block; waiting longer would only cost time. */
const NOTICED_MS = 5_000;

/** One life of a validator: a connection, an open journal and the duty over both. */
type Life = {
  readonly fuse: Fuse;
  readonly duty: Duty;
  readonly context: WeightsContext;
  /** The connection itself, which no trouble touches. */
  readonly chain: Chain;
  readonly store: Store;
  readonly stop: AbortController;
  readonly close: () => Promise<void>;
};

type Waiting = { readonly hash: string; readonly eraEnd: number };

/** A validator of the simulated subnet: its real duty and journal, many lives. */
export class SimValidator {
  readonly participant: Participant;
  lives = 0;
  /** Errors its duty ended with, by code. */
  readonly failures = new Map<string, number>();
  readonly #world: World;
  readonly #folder: string;
  readonly #hear: (line: Line) => void;
  #life: Life | undefined;
  #running: Promise<void> | undefined;
  #seen = -1;
  #waiting: Waiting | undefined;
  #paused = Promise.withResolvers<void>();
  #isPaused = false;
  #ended = Promise.withResolvers<void>();
  #nextBlock = Promise.withResolvers<void>();
  #troubles: { after: number; trouble: Trouble }[] = [];

  constructor(
    world: World,
    participant: Participant,
    { folder, hear }: { folder: string; hear: (line: Line) => void },
  ) {
    this.#world = world;
    this.participant = participant;
    this.#folder = folder;
    this.#hear = hear;
  }

  /** The journal itself, without the mortality its duty sees. */
  get store(): Store {
    return this.#alive.store;
  }

  get fuse(): Fuse {
    return this.#alive.fuse;
  }

  get isBusy(): boolean {
    return this.#running !== undefined;
  }

  /** Begins a life: opens the journal as the last one left it. */
  async start(): Promise<void> {
    this.lives += 1;
    const fuse = new Fuse();
    const debug = (facts: object, message: string) => this.#chainSays({ facts, message, fuse });
    const log = { ...SILENT, debug };
    const real = await connectChain({ url: this.#world.devnet.url, log });
    const { hotkey, signer } = this.participant;
    const store = openStore(this.#folder, { genesis: real.genesisHash, hotkey });
    const answered = (method: string) => this.#answered(method, fuse);
    const troubles = { next: () => this.#nextTrouble(), answered, nextBlock: () => this.#pause() };
    const context = weightsContext({
      chain: mortalChain(real, { fuse, troubles }),
      store: { ...store, db: mortalDb(store.db, fuse) },
      netuid: NETUID,
      signer,
      log: heardLog(this.#hear),
    });
    const stop = new AbortController();
    const close = async () => {
      fuse.blow();
      store.close();
      stop.abort(new Error("killed"));
      await real.close();
    };
    this.#life = { fuse, duty: weightsDuty(context), context, chain: real, store, stop, close };
  }

  /** Ends this life wherever it is. */
  async kill(): Promise<void> {
    const life = this.#alive;
    this.#life = undefined;
    this.#running = undefined;
    this.#waiting = undefined;
    this.#troubles = [];
    this.#unpause();
    await life.close();
  }

  async restart(): Promise<void> {
    await this.kill();
    await this.start();
  }

  deliver(signed: SignedSnapshot): void {
    this.#alive.context.inbox.put(signed);
  }

  /** Lets the call after `after` others meet trouble. */
  trouble(trouble: Trouble, after: number): void {
    this.#troubles.push({ trouble, after });
  }

  /** Reports a result through the journal's backlog; a receipt that does not come leaves it there. */
  async report(id: string, shelf: ResultShelf): Promise<void> {
    const { context, fuse } = this.#alive;
    await reportResult(context, id, shelf).catch((error: unknown) => this.#note(error, fuse));
    if (fuse.isBlown) await this.restart();
  }

  /** Shows the duty a finalised head, unless it is still busy with an earlier one. */
  see(head: Head): void {
    this.#nextBlock.resolve();
    this.#nextBlock = Promise.withResolvers();
    if (this.#waiting === undefined) this.#unpause();
    if (this.#running !== undefined || head.block <= this.#seen) return;
    this.#seen = head.block;
    const { duty, stop, fuse } = this.#alive;
    const run = duty.run(head, stop.signal).catch((error: unknown) => this.#note(error, fuse));
    this.#running = run.finally(() => {
      if (this.#life?.fuse === fuse) this.#running = undefined;
    });
  }

  /** Waits until the duty is done, or can only go on with further blocks, or has died: then another life begins. */
  async settle(): Promise<void> {
    const { fuse } = this.#alive;
    for (let isStuck = false; this.#running !== undefined && !fuse.isBlown && !isStuck; ) {
      await Promise.race([this.#running, fuse.blown, this.#paused.promise]);
      isStuck = this.#waiting === undefined ? this.#isPaused : await this.#isUndecided(this.#waiting);
    }
    if (fuse.isBlown) await this.restart();
  }

  /** Whether what is waited for is still open once the connection has heard of every block so far. */
  async #isUndecided(waiting: Waiting): Promise<boolean> {
    const { fuse, chain } = this.#alive;
    for (let asked = 0; asked < ANSWERS && this.#waiting === waiting; asked++) await chain.finalisedHead();
    if (this.#waiting !== waiting || !this.#isDecided(waiting)) return this.#waiting === waiting;
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, NOTICED_MS);
    await Promise.race([this.#ended.promise, fuse.blown, late]);
    clearTimeout(timer);
    return this.#waiting === waiting;
  }

  get #alive(): Life {
    if (this.#life === undefined) throw new Error("this validator is dead");
    return this.#life;
  }

  #chainSays({ facts, message, fuse }: { facts: object; message: string; fuse: Fuse }): void {
    if (message !== WAITING || fuse.isBlown) return;
    if (fuse.step()) return;
    this.#waiting = asWaiting(facts);
    this.#ended = Promise.withResolvers();
    this.#paused.resolve();
  }

  /** The wait for an extrinsic is over; what follows needs no blocks. */
  #answered(method: string, fuse: Fuse): void {
    if (method !== "submit" || fuse.isBlown) return;
    this.#waiting = undefined;
    this.#unpause();
    this.#ended.resolve();
  }

  /** Whether finalised blocks have said all there is to say about the extrinsic that is waited for. */
  #isDecided({ hash, eraEnd }: Waiting): boolean {
    const { devnet } = this.#world;
    const final = devnet.finalized().number;
    return final >= eraEnd || devnet.extrinsics.some((one) => one.hash === hash && one.block <= final);
  }

  #pause(): Promise<void> {
    this.#isPaused = true;
    this.#paused.resolve();
    return this.#nextBlock.promise;
  }

  #unpause(): void {
    this.#isPaused = false;
    this.#paused = Promise.withResolvers();
  }

  #nextTrouble(): Trouble | undefined {
    for (const one of this.#troubles) one.after -= 1;
    const due = this.#troubles.find(({ after }) => after < 0);
    this.#troubles = this.#troubles.filter((one) => one !== due);
    return due?.trouble;
  }

  #note(error: unknown, fuse: Fuse): void {
    if (fuse.isBlown) return;
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    this.failures.set(code, (this.failures.get(code) ?? 0) + 1);
  }
}

/** The line of that message carries these facts. */
function asWaiting(facts: object): Waiting {
  return facts as Waiting;
}

const SILENT = { debug() {}, info() {}, warn() {} };
