import { blake2AsHex } from "@polkadot/util-crypto";
import type { Head } from "../head.ts";
import { askAt, unknownBlock } from "../rpc/at-block.ts";
import type { Link } from "../rpc/link.ts";
import { isObject } from "../rpc/message.ts";

/** Where an extrinsic lies: its block and its position in it. */
export type Place = { readonly at: Head; readonly index: number };

/** Looks for one extrinsic, block after block, on the node's present best chain. */
export class Search {
  readonly #link: Link;
  readonly #hash: string;
  readonly #last: number;
  #next: number;

  /** Looks from block `from` to block `last`, the end of the extrinsic's era. */
  constructor(link: Link, wanted: { hash: string; from: number; last: number }) {
    this.#link = link;
    this.#hash = wanted.hash.toLowerCase();
    this.#next = Math.max(0, wanted.from);
    this.#last = wanted.last;
  }

  /** Whether every block that could hold the extrinsic was looked at. */
  get isExhausted(): boolean {
    return this.#next > this.#last;
  }

  /** Goes on up to block `to`; a block counts as seen only once it was read. */
  async upTo(to: number): Promise<Place | undefined> {
    for (; this.#next <= Math.min(to, this.#last); this.#next++) {
      const place = await this.#lookAt(this.#next);
      if (place !== undefined) return place;
    }
    return undefined;
  }

  async #lookAt(block: number): Promise<Place | undefined> {
    const hash = await this.#link.ask("chain_getBlockHash", block);
    if (typeof hash !== "string") throw unknownBlock(String(block));
    const extrinsics = extrinsicsOf(await askAt(this.#link, hash, ["chain_getBlock"]));
    if (extrinsics === undefined) throw unknownBlock(hash);
    const index = extrinsics.findIndex((hex) => blake2AsHex(hex) === this.#hash);
    return index === -1 ? undefined : { at: { block, hash }, index };
  }
}

function extrinsicsOf(answer: unknown): string[] | undefined {
  const block = isObject(answer) ? answer["block"] : undefined;
  const extrinsics: unknown = isObject(block) ? block["extrinsics"] : undefined;
  return Array.isArray(extrinsics) ? extrinsics.map(String) : undefined;
}
