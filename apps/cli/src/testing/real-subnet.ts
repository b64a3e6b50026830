import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type Chain, connectChain } from "@assay/chain";
import type { Client } from "@assay/client";
import { type Competition, sendBlock } from "@assay/core";
import { countUnfinishedJobs } from "@assay/db";
import { type Devnet, startDevnet } from "@assay/devnet";
import { demoCast, demoSpec, NETUID, type Participant } from "../up/accounts.ts";
import { createRunFolder } from "../up/folder.ts";
import { openCompetition, startValidators, submitAgents } from "../up/people.ts";
import type { LogLine, Running } from "../up/process.ts";
import { createScreen } from "../up/screen.ts";
import { type Backend, type Database, type Run, startBackend, startDatabase } from "../up/services.ts";
import { createStack } from "../up/stack.ts";

/** How long a block waits for a validator that says nothing about it: it may have lost its connection. */
const PATIENCE_MS = 3_000;
/** How long a block waits for a validator that is to send in it: a real block gives it twelve seconds. */
const SENDING_MS = 1_000;
/** Blocks of an epoch on the demo's chain. */
export const TEMPO = 40;
/** One for each agent; all of them, or what there is of them after so many blocks. */
const [CANDIDATES, GATHERING_BLOCKS] = [3, 160];
const RECENT_CYCLES = 3;
/** Wall time of a block, and of one while agents are evaluated: cycles are counted in blocks, and that takes its time. */
const [GATHERING_MS, EVALUATING_MS] = [250, 4_000];

type Member = { readonly participant: Participant; running: Running | undefined };

/** A subnet of real processes, backend and validators and miners, on a chain whose blocks the test makes. */
export class RealSubnet {
  readonly devnet: Devnet;
  readonly chain: Chain;
  readonly database: Database;
  readonly members: readonly Member[];
  readonly #run: Run;
  readonly #onLog: (hotkey: string, line: LogLine) => void;
  #backend: Backend | undefined;
  #port = 0;

  constructor(parts: { run: Run; devnet: Devnet; chain: Chain; database: Database; onLog: OnLog }) {
    this.#run = parts.run;
    this.#onLog = parts.onLog;
    this.devnet = parts.devnet;
    this.chain = parts.chain;
    this.database = parts.database;
    const validators = parts.run.cast.filter(({ role }) => role === "validator");
    this.members = validators.map((participant) => ({ participant, running: undefined }));
  }

  /** What an admin may do, while the backend is there. */
  get admin(): Client | undefined {
    return this.#backend?.admin;
  }

  async startBackend(): Promise<void> {
    const { chain, database } = this;
    this.#backend = await startBackend(this.#run, { chain, database, port: this.#port });
    this.#port = Number(new URL(this.#backend.url).port);
  }

  /** Where the backend answers, while it is there. */
  get url(): string {
    return this.#backend?.url ?? "";
  }

  /** Ends the backend's process wherever it is. */
  async killBackend(): Promise<void> {
    const backend = this.#backend;
    this.#backend = undefined;
    if (backend !== undefined) await killed(backend.process);
  }

  /** Starts a validator's process on the journal it left; without a backend nobody could give it a key. */
  async startValidator(member: Member): Promise<void> {
    if (this.#backend === undefined) return;
    const { participant } = member;
    const onLog = (_: string, line: LogLine): void => this.#onLog(participant.hotkey, line);
    const joining = { chain: this.chain, backend: this.#backend, extrinsics: [], onLog };
    [member.running] = await startValidators({ ...this.#run, cast: [participant] }, joining);
  }

  async killValidator(member: Member): Promise<void> {
    const { running } = member;
    member.running = undefined;
    if (running !== undefined) await killed(running);
  }

  /** One block, and time for every living validator to note what it finalised. */
  async block(): Promise<void> {
    await this.devnet.newBlock();
    const end = performance.now() + PATIENCE_MS;
    while (this.#isBehind() && performance.now() < end) await this.chain.finalisedHead();
    if (this.#isSomebodyDue()) await pause(SENDING_MS);
  }

  /** Agents are submitted and evaluated until candidates wait for a decision. */
  async gatherCandidates(): Promise<void> {
    const backend = this.#backend;
    if (backend === undefined) throw new Error("candidates need a backend");
    const opening = Array.from({ length: CANDIDATES }, () =>
      openCompetition(this.#run, backend, { minSuccessRate: 0.01 }),
    );
    const competitions = await Promise.all(opening);
    await submitAgents(this.#run, { backend, competitions, agents: ["greedy", "hasty", "careful"] });
    for (let pending = 0, made = 0; !isEnough(pending, made); made++) {
      await this.gatheringBlock(competitions);
      pending = (await backend.admin.candidates.list({ status: "pending" })).items.length;
    }
  }

  /** One block at the pace of what is evaluated for these competitions meanwhile. */
  async gatheringBlock(competitions: readonly Pick<Competition, "id">[]): Promise<void> {
    const isEvaluating = await this.#isEvaluating(competitions.map(({ id }) => id));
    await Promise.all([this.block(), pause(isEvaluating ? EVALUATING_MS : GATHERING_MS)]);
  }

  /** Whether a job of one of their newest cycles is open: the very newest still collects. */
  async #isEvaluating(competitions: readonly Competition["id"][]): Promise<boolean> {
    const { admin, database } = this;
    if (admin === undefined) return false;
    const pages = await Promise.all(
      competitions.map((id) => admin.cycles.list({ competitionId: id, limit: RECENT_CYCLES })),
    );
    const cycles = pages.flatMap(({ items }) => items);
    const unfinished = await Promise.all(cycles.map(({ id }) => countUnfinishedJobs(database.db, id)));
    return unfinished.some((count) => count > 0);
  }

  async close(): Promise<void> {
    await this.#run.stack.close();
    await this.#run.stack.closeLast();
  }

  #isBehind(): boolean {
    const { number } = this.devnet.finalized();
    return this.members.some(({ participant, running }) => {
      return running !== undefined && this.#noted(participant) < number;
    });
  }

  /** Whether a living validator is at its time to send and has nothing in a block of this epoch. */
  #isSomebodyDue(): boolean {
    const { devnet, members } = this;
    const final = devnet.finalized().number;
    const lastEpochBlock = Math.floor(devnet.head().number / TEMPO) * TEMPO;
    const nextEpochStart = lastEpochBlock + TEMPO;
    const epoch = { lastEpochBlock, nextEpochStart, genesis: devnet.genesisHash, netuid: NETUID, mechid: 0 };
    return members.some(({ participant: { hotkey }, running }) => {
      if (running === undefined || final < sendBlock({ ...epoch, hotkey })) return false;
      return !devnet.extrinsics.some(({ signer, block }) => signer === hotkey && block >= lastEpochBlock);
    });
  }

  /** The block a validator's status file tells; it is written anew with every head. */
  #noted({ name }: Participant): number {
    try {
      const file = join(this.#run.folder.home(name), "validator", "status.json");
      return Number(JSON.parse(readFileSync(file, "utf8")).status.block);
    } catch {
      return -1;
    }
  }
}

function isEnough(pending: number, blocks: number): boolean {
  return pending === CANDIDATES || (pending > 0 && blocks >= GATHERING_BLOCKS);
}

type OnLog = (hotkey: string, line: LogLine) => void;

/** Starts chain, database, backend and validators. */
export async function startRealSubnet(home: string, onLog: OnLog): Promise<RealSubnet> {
  const stack = createStack();
  const folder = createRunFolder(home, Date.now());
  const screen = createScreen(() => undefined, Date.now);
  const { signal } = new AbortController();
  const run: Run = { folder, screen, stack, signal, fail: () => undefined, cast: await demoCast() };
  const devnet = await startDevnet({ genesis: demoSpec(run.cast), blockMs: 0, port: 0 });
  stack.last(() => devnet.close());
  const chain = await connectChain({ url: devnet.url });
  stack.defer(() => chain.close());
  const subnet = new RealSubnet({ run, devnet, chain, database: await startDatabase(run), onLog });
  await subnet.startBackend();
  for (const member of subnet.members) await subnet.startValidator(member);
  return subnet;
}

async function killed({ pid, ended }: Running): Promise<void> {
  process.kill(pid, "SIGKILL");
  await ended;
}
