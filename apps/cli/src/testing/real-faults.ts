import type { SeededRandom } from "@assay/core";
import { NETUID } from "../up/accounts.ts";
import type { RealInvariants } from "./real-invariants.ts";
import { type RealSubnet, TEMPO } from "./real-subnet.ts";

type Due = { readonly at: number; readonly act: () => Promise<void> };

/** One block in so many has a fault before it. */
const ONE_IN = 12;
const POOL_ANSWERS = [
  [1010, "Transaction is outdated"],
  [1014, "Priority is too low"],
  [1016, "Immediately dropped"],
] as const;

/** Lets processes die and the chain misbehave, as a seed says. */
export class RealFaults {
  readonly counts = new Map<string, number>();
  readonly #subnet: RealSubnet;
  readonly #random: SeededRandom;
  /** Told whose silence is no fault of its own. */
  readonly #invariants: RealInvariants;
  #due: Due[] = [];

  constructor(subnet: RealSubnet, random: SeededRandom, invariants: RealInvariants) {
    this.#subnet = subnet;
    this.#random = random;
    this.#invariants = invariants;
  }

  /** What goes wrong before the next block. */
  async play(): Promise<void> {
    await this.#settle((at) => at <= this.#subnet.devnet.head().number);
    if (this.#random.below(ONE_IN) !== 0) return;
    const all = Object.entries(this.#faults);
    const [name, fault] = all[this.#random.below(all.length)] ?? ["", async () => {}];
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    await fault();
  }

  /** Everything that was broken is mended. */
  async calm(): Promise<void> {
    await this.#settle(() => true);
    this.#subnet.devnet.fault({ kind: "clear" });
    if (this.#subnet.admin === undefined) await this.#subnet.startBackend();
    for (const member of this.#subnet.members)
      if (member.running === undefined) await this.#subnet.startValidator(member);
    for (const { participant } of this.#subnet.members) this.#invariants.excuse(participant.hotkey);
  }

  readonly #faults: Readonly<Record<string, () => Promise<void>>> = {
    "a validator is killed": async () => {
      const { members } = this.#subnet;
      const member = members[this.#random.below(members.length)];
      if (member === undefined) return;
      await this.#subnet.killValidator(member);
      this.#later(1 + this.#random.below(30), async () => {
        if (member.running === undefined) await this.#subnet.startValidator(member);
        this.#invariants.excuse(member.participant.hotkey);
      });
    },
    "the backend is killed": async () => {
      await this.#subnet.killBackend();
      this.#later(1 + this.#random.below(40), async () => {
        if (this.#subnet.admin === undefined) await this.#subnet.startBackend();
      });
    },
    "a block gives way": async () => this.#reorganise(false),
    "a block gives way and loses what it held": async () => this.#reorganise(true),
    "the pool refuses": async () => {
      const [rpcCode, data] = POOL_ANSWERS[this.#random.below(POOL_ANSWERS.length)] ?? POOL_ANSWERS[0];
      this.#subnet.devnet.fault({ kind: "pool", rpcCode, data, times: 1 + this.#random.below(2) });
    },
    "answers come late": async () => {
      const [ms, times] = [50 + this.#random.below(200), 1 + this.#random.below(10)];
      this.#subnet.devnet.fault({ kind: "delay", method: "*", ms, times });
    },
    "finality lags": async () => {
      this.#subnet.devnet.fault({ kind: "finality", lag: 2 + this.#random.below(5) });
      this.#later(1 + this.#random.below(12), async () => this.#subnet.devnet.fault({ kind: "clear" }));
    },
    "the rate limit rises": async () => {
      const rules = { kind: "rules", netuid: NETUID } as const;
      this.#subnet.devnet.fault({ ...rules, weightsRateLimit: 60 });
      // Who is due meanwhile loses that epoch.
      this.#invariants.forbid(TEMPO);
      this.#later(20, async () => this.#subnet.devnet.fault({ ...rules, weightsRateLimit: 10 }));
    },
  };

  /** Only what was never said to be final gives way. */
  #reorganise(drop: boolean): void {
    this.#subnet.devnet.fault({ kind: "reorg", depth: 1, drop });
  }

  #later(blocks: number, act: Due["act"]): void {
    this.#due.push({ at: this.#subnet.devnet.head().number + blocks, act });
  }

  async #settle(isDue: (at: number) => boolean): Promise<void> {
    const due = this.#due.filter(({ at }) => isDue(at));
    this.#due = this.#due.filter((one) => !due.includes(one));
    for (const { act } of due) await act();
  }
}
