import { MINERS } from "./world.ts";

export type Miner = (typeof MINERS)[number];

/** A candidate as the rules see it: whom it was compared with, and whose bar has passed it. */
export type ModelCandidate = {
  readonly id: string;
  readonly miner: Miner;
  readonly submissionId: string;
  status: "pending" | "approved" | "rejected" | "superseded" | "revoked";
  comparedWith: string | null;
  supersededBy: string | null;
};

/** One competition's queue and leaders, without database, locks or transactions. */
export class QueueModel {
  candidates: ModelCandidate[] = [];
  /** Candidate ids of everyone who led, oldest first; the last one leads if `isLed`. */
  reigns: string[] = [];
  isLed = false;
  banned = new Set<Miner>();
  gone = new Set<Miner>();

  copy(): QueueModel {
    const { candidates, reigns, isLed, banned, gone } = this;
    return Object.assign(new QueueModel(), structuredClone({ candidates, reigns, isLed, banned, gone }));
  }

  leader(): ModelCandidate | undefined {
    return this.isLed ? this.candidates.find(({ id }) => id === this.reigns.at(-1)) : undefined;
  }

  statuses(): Record<string, string> {
    return Object.fromEntries(this.candidates.map(({ id, status }) => [id, status]));
  }

  enter(candidate: Pick<ModelCandidate, "id" | "miner" | "submissionId">): void {
    for (const one of this.candidates)
      if (one.miner === candidate.miner && one.status === "pending") one.status = "superseded";
    const comparedWith = this.leader()?.submissionId ?? null;
    this.candidates.push({ ...candidate, status: "pending", comparedWith, supersededBy: null });
  }

  /** Code of the refusal; undefined if it is approved. */
  approve(one: ModelCandidate): string | undefined {
    if (one.status !== "pending") return "API_CANDIDATE_NOT_PENDING";
    const isStale = one.comparedWith !== (this.leader()?.submissionId ?? null);
    if (this.gone.has(one.miner) || isStale) return "API_CANDIDATE_STALE";
    one.status = "approved";
    this.#enthrone(one);
    this.#moveBar();
    return undefined;
  }

  reject(one: ModelCandidate): string | undefined {
    if (one.status !== "pending") return "API_CANDIDATE_NOT_PENDING";
    one.status = "rejected";
    return undefined;
  }

  revoke(one: ModelCandidate): string | undefined {
    if (one.status !== "approved") return "API_CANDIDATE_NOT_APPROVED";
    one.status = "revoked";
    this.#fall(one);
    return undefined;
  }

  /** Whether a leader fell, which takes a snapshot. */
  ban(miner: Miner): boolean {
    this.banned.add(miner);
    for (const one of this.candidates)
      if (one.miner === miner && one.status === "pending") one.status = "superseded";
    const leader = this.leader();
    if (leader?.miner !== miner) return false;
    this.#fall(leader);
    return true;
  }

  #enthrone({ id }: ModelCandidate): void {
    this.reigns.push(id);
    this.isLed = true;
  }

  #fall(fallen: ModelCandidate): void {
    if (this.leader() === fallen) {
      this.isLed = false;
      const former = this.reigns.toReversed().map((id) => this.candidates.find((one) => one.id === id));
      const next = former.find((one) => one !== undefined && one !== fallen && this.#mayLead(one));
      if (next !== undefined) this.#enthrone(next);
    }
    this.#moveBar();
    const passed = this.candidates.filter(
      (one) => one.status === "superseded" && one.supersededBy === fallen.id,
    );
    for (const one of passed.toReversed()) this.#reconsider(one);
  }

  #mayLead({ status, miner }: ModelCandidate): boolean {
    return status === "approved" && !this.banned.has(miner) && !this.gone.has(miner);
  }

  #stands(one: ModelCandidate): boolean {
    const leader = this.leader();
    return leader === undefined || one.comparedWith === leader.submissionId;
  }

  #moveBar(): void {
    const leader = this.leader();
    for (const one of this.candidates.filter(({ status }) => status === "pending"))
      if (leader === undefined) one.comparedWith = null;
      else if (!this.#stands(one)) Object.assign(one, { status: "superseded", supersededBy: leader.id });
  }

  #reconsider(one: ModelCandidate): void {
    const leader = this.leader();
    const hasPending = this.candidates.some(
      ({ miner, status }) => miner === one.miner && status === "pending",
    );
    if (!this.#stands(one) || hasPending || this.banned.has(one.miner)) {
      if (leader !== undefined) one.supersededBy = leader.id;
      return;
    }
    Object.assign(one, { status: "pending", supersededBy: null });
    if (leader === undefined) one.comparedWith = null;
  }
}
