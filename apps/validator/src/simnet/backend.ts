import {
  PPB,
  type SeededRandom,
  type SignedSnapshot,
  type SnapshotBody,
  type WeightVector,
} from "@assay/core";
import { EVERYTHING_BURNS, type SnapshotAbout, winner } from "../testing/authority.ts";
import type { World } from "./world.ts";

/** A version as the backend published it: what validators may act on. */
export type Published = {
  readonly version: number;
  readonly vectorHash: string;
  readonly vector: WeightVector;
  readonly onExpiry: SnapshotBody["onExpiry"];
  readonly validUntil: number;
  /** Its place in the order of approvals and publications. */
  readonly order: number;
  readonly signed: SignedSnapshot;
};

/** Approvals and published versions, as the audit of a backend would show them; signed with real keys. */
export class SimBackend {
  readonly ledger = new Map<number, Published>();
  /** Place of the approval in that order by hotkey: no vector pays anybody else. */
  readonly approvals = new Map<string, number>();
  readonly #world: World;
  readonly #random: SeededRandom;
  #version = 0;
  #order = 0;

  constructor(world: World, random: SeededRandom) {
    this.#world = world;
    this.#random = random;
  }

  get newest(): Published | undefined {
    return this.ledger.get(this.#version);
  }

  /** Approves somebody and publishes a new version that pays as the dice say. */
  publish(): Promise<Published> {
    const dice = this.#random.below(10);
    if (dice < 5) return this.publishVector(winner(this.#approve("miners")));
    if (dice < 7) return this.publishVector(this.#split());
    if (dice < 8) return this.publishVector(winner(this.#approve("strangers")));
    if (dice < 9) return this.publishVector(EVERYTHING_BURNS);
    const onExpiry = (["stop", "refresh", "burn"] as const)[this.#random.below(3)] ?? "stop";
    const validUntil = this.#world.head().block + 1 + this.#random.below(120);
    return this.publishVector(winner(this.#approve("miners")), { onExpiry, forged: { validUntil } });
  }

  /** Publishes a version that pays one approved miner and stays valid. */
  publishWinner(): Promise<Published> {
    return this.publishVector(winner(this.#approve("miners")));
  }

  async publishVector(vector: WeightVector, about: SnapshotAbout = {}): Promise<Published> {
    this.#version += 1 + this.#random.below(3);
    const { block } = this.#world.head();
    const signed = await this.#world.authority.sign({ version: this.#version, block, vector, ...about });
    const { vectorHash, onExpiry, validUntil } = bodyOf(signed);
    const { order, version } = { order: ++this.#order, version: this.#version };
    const published = { version, vectorHash, vector, onExpiry, validUntil, order, signed };
    this.ledger.set(this.#version, published);
    return published;
  }

  /** A statement that must change nothing: somebody else's, for another chain, broken, or an old one again. */
  harmful(): Promise<SignedSnapshot> {
    const { authority, strangers } = this.#world;
    const [mallory] = strangers;
    const version = this.#version + 1 + this.#random.below(50);
    const vector = winner(mallory?.hotkey ?? "");
    const old = [...this.ledger.values()];
    const kinds: (() => Promise<SignedSnapshot>)[] = [
      () => authority.sign({ version, vector, ...(mallory && { key: mallory.signer }) }),
      () => authority.sign({ version, vector, ...(mallory && { owner: mallory.signer }) }),
      () => authority.sign({ version, vector, forged: { genesis: `0x${"ab".repeat(32)}` } }),
      () => authority.sign({ version, vector, forged: { netuid: 7 } }),
      () => authority.sign({ version, vector, certificate: { untilBlock: 1 } }),
      async () => tampered(await authority.sign({ version, vector })),
      async () =>
        old[this.#random.below(Math.max(1, old.length))]?.signed ??
        authority.sign({ vector, forged: { netuid: 7 } }),
    ];
    return (kinds[this.#random.below(kinds.length)] ?? fail)();
  }

  /** The newest version once more, validly signed, with another content. */
  conflicting(): Promise<SignedSnapshot> {
    const [mallory] = this.#world.strangers;
    return this.#world.authority.sign({
      version: this.#version,
      vector: winner(mallory?.hotkey ?? ""),
      block: 2,
    });
  }

  #split(): WeightVector {
    const first = this.#approve("miners");
    const second = this.#approve("miners");
    if (first === second) return winner(first);
    const share = 1 + this.#random.below(PPB - 1);
    const entries = [
      { hotkey: first, share },
      { hotkey: second, share: PPB - share },
    ];
    return { policy: "scores", entries, burn: 0 };
  }

  #approve(group: "miners" | "strangers"): string {
    const candidates = this.#world[group];
    const hotkey = candidates[this.#random.below(candidates.length)]?.hotkey ?? "";
    if (!this.approvals.has(hotkey)) this.approvals.set(hotkey, ++this.#order);
    return hotkey;
  }
}

function tampered(signed: SignedSnapshot): SignedSnapshot {
  return { ...signed, body: signed.body.replace('"netuid":1', '"netuid":2') };
}

/** The signed text is the canonical JSON of the body it was made from. */
function bodyOf(signed: SignedSnapshot): SnapshotBody {
  return JSON.parse(signed.body) as SnapshotBody;
}

function fail(): never {
  throw new RangeError("no such kind");
}
