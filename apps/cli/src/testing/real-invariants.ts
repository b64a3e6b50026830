import type { Metagraph, WeightRow } from "@assay/chain";
import { PPB, SnapshotBody } from "@assay/core";
import { listSnapshotsAfter, type SnapshotRow, verifyAuditChain } from "@assay/db";
import { NETUID } from "../up/accounts.ts";
import type { LogLine } from "../up/process.ts";
import type { RealSubnet } from "./real-subnet.ts";

const WEIGHT_CALL = /\.(set|commit)\w*weights$/;
const SILENT_TEMPOS = 3;
/** Snapshots are read from the database that often; in between no block depends on them. */
const LOOK_BLOCKS = 10;

type Confirmed = {
  readonly hotkey: string;
  readonly hash: string;
  readonly row: WeightRow;
  readonly at: number;
};

/** Holds what processes say and do against chain and database, block by block; throws at the first contradiction. */
export class RealInvariants {
  sets = 0;
  readonly #subnet: RealSubnet;
  readonly #epochs = new Set<string>();
  readonly #accepted = new Map<string, number>();
  readonly #lastSet = new Map<string, number>();
  /** Blocks since then in which the chain itself forbade to set. */
  readonly #forbidden = new Map<string, number>();
  readonly #approved = new Set<string>();
  /** Why each validator last held, for whoever has to find out why. */
  readonly #held = new Map<string, string>();
  #told: Confirmed[] = [];
  #problems: string[] = [];
  #looked = 0;
  #version = 0;

  constructor(subnet: RealSubnet) {
    this.#subnet = subnet;
  }

  /** A line of a validator's log. */
  hear(hotkey: string, line: LogLine): void {
    if (line.msg === "snapshot accepted") this.#hearAccepted(hotkey, Number(line["version"]));
    if (line.msg === "weights held")
      this.#held.set(hotkey, `${String(line["epochIndex"])} ${String(line["reason"])}`);
    if (line.msg === "weights confirmed") this.#told.push(asConfirmed(hotkey, line));
    if (line["code"] === "VALIDATOR_STRANGER") this.#problems.push(`${hotkey} took itself for a stranger`);
  }

  /** From its next decision on, a hotkey may be paid. */
  approve(hotkey: string): void {
    this.#approved.add(hotkey);
  }

  /** Silence up to here is no fault of a validator's. */
  excuse(hotkey: string): void {
    this.#lastSet.set(hotkey, this.#subnet.devnet.head().number);
    this.#forbidden.delete(hotkey);
  }

  /** The chain forbids everybody to set, which costs so many blocks. */
  forbid(blocks: number): void {
    for (const { participant } of this.#subnet.members)
      this.#forbidden.set(participant.hotkey, (this.#forbidden.get(participant.hotkey) ?? 0) + blocks);
  }

  /** Looks at what the newest finalised block has made certain. */
  async look(tempo: number): Promise<void> {
    const final = this.#subnet.devnet.finalized().number;
    const fresh = this.#subnet.devnet.extrinsics.filter(
      ({ block }) => block > this.#looked && block <= final,
    );
    this.#looked = Math.max(this.#looked, final);
    for (const one of fresh) if (one.success && WEIGHT_CALL.test(one.call)) await this.#judge(one);
    await this.#confirm(final);
    if (final % LOOK_BLOCKS === 0) await this.#readSnapshots();
    this.#countSilence(final, tempo);
    if (this.#problems.length > 0) throw new Error(this.#problems.join("\n"));
  }

  /** After all faults: the audit log is whole, and every validator shows what the newest snapshot means. */
  async converged(): Promise<string[]> {
    const { database, chain, members } = this.#subnet;
    const audit = await verifyAuditChain(database.db, NETUID);
    const newest = (await this.#readSnapshots()).at(-1) ?? this.#newest;
    const graph = await chain.metagraph(NETUID);
    const rows = await chain.weights(NETUID, { at: graph.at.hash });
    const meant = newest === undefined ? [] : paidBy(newest, graph.ownerHotkey);
    const shown = members.map(({ participant: { hotkey } }) => paidOf(rows, graph, hotkey));
    const behind = shown
      .filter((paid) => paid.join() !== meant.join())
      .map((paid) => `${paid.join()} is not ${meant.join()}`);
    return audit.brokenAt === null ? behind : [...behind, `the audit log is broken at ${audit.brokenAt}`];
  }

  #newest: SnapshotRow | undefined;

  /** 3. Versions only grow for each validator. */
  #hearAccepted(hotkey: string, version: number): void {
    const before = this.#accepted.get(hotkey) ?? 0;
    if (version <= before) this.#problems.push(`${hotkey} accepted ${version} after ${before}`);
    this.#accepted.set(hotkey, version);
  }

  /** 4. One effective extrinsic per hotkey and epoch. 2 and 6. It pays only who was approved, or the owner. */
  async #judge(one: RealSubnet["devnet"]["extrinsics"][number]): Promise<void> {
    const { chain } = this.#subnet;
    const at = { at: one.blockHash };
    const [{ epochIndex }, graph] = await Promise.all([
      chain.epochState(NETUID, at),
      chain.metagraph(NETUID, at),
    ]);
    const slot = `${one.signer} in epoch ${epochIndex}`;
    if (this.#epochs.has(slot)) this.#problems.push(`${slot} set weights twice, again in block ${one.block}`);
    this.#epochs.add(slot);
    this.#lastSet.set(one.signer, one.block);
    this.#forbidden.delete(one.signer);
    this.sets += 1;
    const paid = paidOf(await chain.weights(NETUID, at), graph, one.signer);
    const wrong = paid.filter((hotkey) => hotkey !== graph.ownerHotkey && !this.#approved.has(hotkey));
    if (paid.length === 0) this.#problems.push(`${slot} pays nobody`);
    for (const hotkey of wrong) this.#problems.push(`${slot} pays ${hotkey}, who was not approved`);
  }

  /** 5. What a validator says it has set is in a block, and the chain shows that row. */
  async #confirm(final: number): Promise<void> {
    const due = this.#told.filter(({ at }) => at <= final);
    this.#told = this.#told.filter((one) => !due.includes(one));
    for (const { hotkey, hash, row } of due) {
      const found = this.#subnet.devnet.extrinsics.find((one) => one.hash === hash && one.success);
      if (found === undefined) {
        this.#problems.push(`${hotkey} confirmed ${hash}, which is in no block`);
        continue;
      }
      const at = { at: found.blockHash };
      const graph = await this.#subnet.chain.metagraph(NETUID, at);
      const uid = graph.neurons.find((neuron) => neuron.hotkey === hotkey)?.uid ?? -1;
      const shown = (await this.#subnet.chain.weights(NETUID, at))[uid];
      if (JSON.stringify(shown) !== JSON.stringify(row))
        this.#problems.push(
          `${hotkey} confirmed ${JSON.stringify(row)}, the chain shows ${JSON.stringify(shown)}`,
        );
    }
  }

  /** 3 and 9. Versions grow in the database too, and the shares of every vector are a whole. */
  async #readSnapshots(): Promise<SnapshotRow[]> {
    const after = { netuid: NETUID, mechid: 0, version: this.#version, limit: 1_000 };
    const rows = await listSnapshotsAfter(this.#subnet.database.db, after);
    for (const row of rows) {
      if (row.version <= this.#version) this.#problems.push(`version ${row.version} after ${this.#version}`);
      this.#version = row.version;
      this.#newest = row;
      for (const { vector } of bodyOf(row).instances) {
        const sum = vector.entries.reduce((total, { share }) => total + share, vector.burn);
        if (sum !== PPB) this.#problems.push(`version ${row.version} sums to ${sum}`);
      }
    }
    return rows;
  }

  /** 8. Nobody who lives is silent for more than three tempos in which the chain let it set. */
  #countSilence(final: number, tempo: number): void {
    for (const { participant, running } of this.#subnet.members) {
      const since = this.#lastSet.get(participant.hotkey) ?? 0;
      const healthy = final - since - (this.#forbidden.get(participant.hotkey) ?? 0);
      if (running === undefined || healthy <= SILENT_TEMPOS * tempo) continue;
      this.#problems.push(
        `${participant.name} is silent since block ${since}; held ${this.#held.get(participant.hotkey)}`,
      );
    }
  }
}

/** The log line of confirmed weights carries these facts. */
function asConfirmed(hotkey: string, { hash, row, confirmedBlock }: LogLine): Confirmed {
  return { hotkey, hash: String(hash), row: row as WeightRow, at: Number(confirmedBlock) };
}

function bodyOf({ body }: SnapshotRow): SnapshotBody {
  return SnapshotBody.parse(JSON.parse(body));
}

/** Hotkeys a snapshot pays, the owner for what burns. */
function paidBy(snapshot: SnapshotRow, owner: string): string[] {
  const { instances, rules } = bodyOf(snapshot);
  const paid = instances.flatMap(({ vector }) => [
    ...vector.entries.filter(({ share }) => share > 0).map(({ hotkey }) => hotkey),
    ...(vector.burn > 0 ? [owner] : []),
  ]);
  return [...new Set(rules.burn > 0 ? [...paid, owner] : paid)].sort();
}

/** Hotkeys a validator's row pays. */
function paidOf(rows: readonly WeightRow[], { neurons }: Metagraph, hotkey: string): string[] {
  const uid = neurons.find((neuron) => neuron.hotkey === hotkey)?.uid ?? -1;
  const paid = (rows[uid] ?? []).filter(([, weight]) => weight > 0);
  return paid.map(([to]) => neurons[to]?.hotkey ?? `uid ${to}`).sort();
}
