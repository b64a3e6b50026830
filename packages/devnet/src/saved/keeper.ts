import { DevnetError } from "../errors.ts";
import type { Node } from "../node.ts";
import { forkFile, saveChain } from "./file.ts";

/** What to save: the whole chain to its own file, or a fork of it up to a block. */
export type SaveRequest = { readonly fork?: string; readonly at?: number };

/** Saves a node's chain. */
export class Keeper {
  readonly #node: Node;
  readonly #file: string | undefined;

  constructor(node: Node, file: string | undefined) {
    this.#node = node;
    this.#file = file;
  }

  /** Saves and returns the file; a remote caller may choose a name beside the chain's file, never a path. */
  async save({ fork, at }: SaveRequest = {}): Promise<string> {
    const own = this.#file;
    if (own === undefined) {
      const problem = "the devnet was started without a file for its state";
      throw new DevnetError({ code: "DEVNET_STATE_UNSAVED", problem }, problem);
    }
    const file = fork === undefined ? own : forkFile(own, fork);
    await this.saveTo(file, at);
    return file;
  }

  /** Saves to any file, up to a block (the head). */
  saveTo(file: string, at?: number): Promise<void> {
    const { chain, chainName } = this.#node;
    return saveChain(file, { chainName, blocks: chain.saved(at) });
  }

  /** Saves if there is a file to save to. */
  async close(): Promise<void> {
    if (this.#file !== undefined) await this.save();
  }
}
