import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type SeededRandom, seededRandom } from "@assay/core";
import { SimBackend } from "./backend.ts";
import { Books } from "./books.ts";
import { FAULTS } from "./faults.ts";
import type { Line } from "./heard.ts";
import type { Evidence } from "./invariants.ts";
import { ResultShelf } from "./results.ts";
import { SimValidator } from "./validator.ts";
import { type Sent, Witness } from "./witness.ts";
import { NETUID, RATE_LIMIT, setWeather, startWorld, TEMPO, type World } from "./world.ts";

export type SimulationOptions = {
  readonly seed: string;
  readonly validators: number;
  readonly isSealed: boolean;
  /** Whether nothing goes wrong but what the caller does. */
  readonly isQuiet?: boolean;
};

/** Extrinsics older than this are no longer looked at. */
const WINDOW_BLOCKS = 3 * TEMPO;
/** Blocks of an epoch in which pulses are published: sealed weights are opened then, and signing pulses is dear. */
const PULSE_BLOCKS = 8;
/** Lives end, machines do not: what is written outlives a life in memory too, and every write to a disk is waited for. */
const FOLDERS = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
const ONE_IN = { fault: 5, publish: 25, report: 15 } as const;

type SubnetRules = {
  readonly commitReveal: boolean;
  readonly revealPeriodEpochs: number;
  readonly weightsVersionKey: number;
  readonly weightsRateLimit: number;
};
const USUAL_RULES = { revealPeriodEpochs: 1, weightsVersionKey: 0, weightsRateLimit: RATE_LIMIT };

type Due = { readonly at: number; readonly act: () => Promise<void> | void };

/** A subnet under fire: a chain made by hand, a backend's books, validators with many lives, and dice. */
export class Simulation {
  readonly world: World;
  readonly backend: SimBackend;
  readonly books: Books;
  readonly shelf = new ResultShelf();
  readonly validators: readonly SimValidator[];
  /** Faults so far, by name. */
  readonly faults = new Map<string, number>();
  /** Validators the backend cannot reach, and those that see no blocks. */
  readonly cutOff = new Set<string>();
  readonly blind = new Set<string>();
  finalityLag = 1;
  readonly #random: SeededRandom;
  readonly #witness: Witness;
  readonly #folder: string;
  #due: Due[] = [];
  #isSilenced = false;
  /** The highest block that validators may have been told is final. */
  #toldFinal = 0;
  #isStormy: boolean;
  #rules: SubnetRules;
  #calmSince = Number.POSITIVE_INFINITY;
  #weather = "";
  readonly #now = Date.now;

  constructor(world: World, { seed, isSealed, isQuiet = false }: SimulationOptions) {
    this.world = world;
    this.#rules = { ...USUAL_RULES, commitReveal: isSealed };
    this.#isStormy = !isQuiet;
    this.#random = seededRandom(seed);
    this.backend = new SimBackend(world, this.#random);
    this.#witness = new Witness(world);
    this.#folder = mkdtempSync(join(FOLDERS, "assay-simnet-"));
    this.books = new Books(world, this.#folder);
    this.validators = world.validators.map((participant) => {
      const hear = (line: Line) => this.books.hear(participant.hotkey, line);
      return new SimValidator(world, participant, { folder: join(this.#folder, participant.hotkey), hear });
    });
  }

  /** The height of the newest block. */
  get height(): number {
    return this.world.devnet.head().number;
  }

  /** One validator, as the dice say. */
  anyone(): SimValidator {
    const validator = this.validators[this.#random.below(this.validators.length)];
    if (validator === undefined) throw new RangeError("a simulation has validators");
    return validator;
  }

  /** Does something when the chain is `blocks` further. */
  later(blocks: number, act: Due["act"]): void {
    this.#due.push({ at: this.height + blocks, act });
  }

  /** Silence of this validator is no fault of its own for so many blocks. */
  excuse(who: string, blocks: number): void {
    for (const { participant } of this.validators)
      if (who === "all" || who === participant.hotkey) this.books.excuse(participant.hotkey, blocks);
  }

  /** Changes rules of the subnet, which a reorganisation would undo. */
  setRules(change: Partial<SubnetRules>): void {
    this.#rules = { ...this.#rules, ...change };
    this.world.devnet.fault({ kind: "rules", netuid: NETUID, ...this.#rules });
  }

  get isSealed(): boolean {
    return this.#rules.commitReveal;
  }

  setFinality(lag: number): void {
    this.finalityLag = lag;
  }

  silenceBeacon(isSilent: boolean): void {
    this.#isSilenced = isSilent;
  }

  reorganise({ depth, drop }: { depth: number; drop: boolean }): void {
    const { devnet } = this.world;
    if (depth >= devnet.head().number) return;
    if (this.height - depth < this.#toldFinal) this.books.noteLie();
    devnet.fault({ kind: "reorg", depth, drop });
    this.setRules({});
  }

  /** Gives a hotkey's uid to another, if the one has a uid and the other has none. */
  async replace(from: string, to: string): Promise<void> {
    const { devnet, chain } = this.world;
    const { neurons } = await chain.metagraph(NETUID, { at: devnet.head().hash });
    const uid = neurons.find(({ hotkey }) => hotkey === from)?.uid;
    if (uid === undefined || neurons.some(({ hotkey }) => hotkey === to)) return;
    devnet.fault({ kind: "replace", netuid: NETUID, uid, hotkey: to });
  }

  /** Gives a validator that lost its uid another one. */
  async reinstate(hotkey: string): Promise<void> {
    const { chain, devnet, owner } = this.world;
    const { neurons } = await chain.metagraph(NETUID, { at: devnet.head().hash });
    const spared = [owner, ...this.world.validators].map((one) => one.hotkey);
    const loser = neurons.findLast((neuron) => !spared.includes(neuron.hotkey));
    if (loser !== undefined) await this.replace(loser.hotkey, hotkey);
  }

  async restart(validator: SimValidator): Promise<void> {
    await validator.restart();
    this.#greet(validator);
  }

  /** The backend reaches a validator again, and sends it the newest version. */
  reconnect(hotkey: string): void {
    this.cutOff.delete(hotkey);
    for (const validator of this.validators)
      if (validator.participant.hotkey === hotkey) this.#greet(validator);
  }

  jumpClock(byMs: number): void {
    Date.now = () => this.#now() + byMs;
  }

  async start(): Promise<void> {
    await Promise.all(this.validators.map((validator) => validator.start()));
    await this.publishWinner();
  }

  /** Publishes a version that pays somebody, to every validator the backend reaches. */
  async publishWinner(): Promise<void> {
    this.#broadcast(await this.backend.publishWinner());
  }

  /** No more faults: what was broken is mended, and a last version is published. */
  async calm(): Promise<void> {
    const due = this.#due;
    this.#due = [];
    for (const { act } of due) await act();
    this.#isStormy = false;
    this.#isSilenced = false;
    this.finalityLag = 1;
    Date.now = this.#now;
    this.setRules({ ...USUAL_RULES, commitReveal: this.isSealed });
    for (const hotkey of this.cutOff) this.reconnect(hotkey);
    for (const { participant } of this.validators) await this.reinstate(participant.hotkey);
    await this.publishWinner();
    this.#calmSince = this.height;
  }

  /** One block: what the dice let go wrong before it, the block, and all that validators make of it. */
  async step(): Promise<Evidence> {
    const faultsBefore = this.#countFaults();
    await this.#play();
    this.#applyWeather();
    await this.world.devnet.newBlock();
    this.#toldFinal = Math.max(this.#toldFinal, this.world.head().block);
    this.#show();
    await Promise.all(this.validators.map((validator) => this.#settle(validator)));
    if (this.#isOneIn(ONE_IN.report)) await this.#report();
    const evidence = await this.#evidence();
    const health = { isHealthy: this.#countFaults() === faultsBefore, ledger: this.backend.ledger };
    for (const { participant } of this.validators)
      this.books.countSilence(participant.hotkey, evidence, health);
    return { ...evidence, accounts: this.validators.map((validator) => this.books.accountOf(validator)) };
  }

  async close(): Promise<void> {
    Date.now = this.#now;
    await Promise.all(this.validators.map((validator) => validator.kill()));
    await this.world.close();
    rmSync(this.#folder, { recursive: true });
  }

  async #play(): Promise<void> {
    const due = this.#due.filter(({ at }) => at <= this.height);
    this.#due = this.#due.filter((one) => !due.includes(one));
    for (const { act } of due) await act();
    if (!this.#isStormy) return;
    if (this.#isOneIn(ONE_IN.publish)) this.#broadcast(await this.backend.publish());
    if (!this.#isOneIn(ONE_IN.fault)) return;
    const names = Object.keys(FAULTS);
    const name = names[this.#random.below(names.length)] ?? "";
    this.faults.set(name, (this.faults.get(name) ?? 0) + 1);
    this.books.tell(name);
    await FAULTS[name]?.(this, this.#random);
  }

  #applyWeather(): void {
    const isPulseTime = (this.height + 1) % TEMPO < PULSE_BLOCKS;
    const isBeaconSilent = this.#isSilenced || !isPulseTime || !this.isSealed;
    const weather = { finalityLag: this.finalityLag, isBeaconSilent };
    if (JSON.stringify(weather) === this.#weather) return;
    this.#weather = JSON.stringify(weather);
    setWeather(this.world, weather);
  }

  /** In the dull part of an epoch a validator is shown only some blocks: whoever is slow gets only the newest. */
  #show(): void {
    const isDull = this.height % TEMPO < (TEMPO * 2) / 3;
    for (const validator of this.validators) {
      if (this.blind.has(validator.participant.hotkey)) continue;
      if (!isDull || validator.isBusy || this.#isOneIn(8)) validator.see(this.world.head());
    }
  }

  /** Whoever begins a new life connects anew, and is sent the newest version first of all. */
  async #settle(validator: SimValidator): Promise<void> {
    const { lives } = validator;
    await validator.settle();
    if (validator.lives > lives) this.#greet(validator);
  }

  #greet(validator: SimValidator): void {
    const { newest } = this.backend;
    const isReached = !this.cutOff.has(validator.participant.hotkey);
    if (isReached && newest !== undefined) validator.deliver(newest.signed);
  }

  #broadcast({ signed }: { signed: Parameters<SimValidator["deliver"]>[0] }): void {
    for (const validator of this.validators)
      if (!this.cutOff.has(validator.participant.hotkey)) validator.deliver(signed);
  }

  async #report(): Promise<void> {
    const validator = this.anyone();
    await validator.report(this.books.addResult(validator.participant.hotkey), this.shelf);
  }

  async #evidence(): Promise<Omit<Evidence, "accounts">> {
    const fromBlock = Math.max(0, this.height - WINDOW_BLOCKS);
    const sent = await this.#witness.sent(fromBlock);
    const { ledger, approvals } = this.backend;
    const isCalm = this.height >= this.#calmSince + 2 * TEMPO + 2 * PULSE_BLOCKS;
    const shown = this.#mayHaveMoved(sent) ? await this.#witness.shown() : null;
    const { falseAlarms } = this.books;
    return { sent, fromBlock, ledger, approvals, results: this.shelf.taken, shown, isCalm, falseAlarms };
  }

  /** Rows move with what was sent and with the reveals that begin an epoch; a look now and then catches the rest. */
  #mayHaveMoved(sent: readonly Sent[]): boolean {
    const newest = sent.at(-1)?.block ?? 0;
    return this.height % TEMPO < PULSE_BLOCKS || this.height - newest < 4 || this.height % 4 === 0;
  }

  #countFaults(): number {
    return [...this.faults.values()].reduce((sum, count) => sum + count, 0);
  }

  #isOneIn(n: number): boolean {
    return this.#random.below(n) === 0;
  }
}

/** A simulation whose validators have begun their first life. */
export async function startSimulation(options: SimulationOptions): Promise<Simulation> {
  const { validators, isSealed } = options;
  const simulation = new Simulation(await startWorld({ validators, miners: 4, isSealed }), options);
  await simulation.start();
  return simulation;
}
