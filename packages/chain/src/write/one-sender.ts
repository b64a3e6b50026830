import { ChainError } from "../errors.ts";

/** Lets one extrinsic per hotkey be under way at a time: two would fight for one nonce. */
export class OneSender {
  readonly #underWay = new Map<string, string>();

  /** Runs `work` unless another extrinsic of the hotkey is undecided (CHAIN_SENDER_BUSY). */
  async run<T>({ hotkey, hash }: { hotkey: string; hash: string }, work: () => Promise<T>): Promise<T> {
    const busyWith = this.#underWay.get(hotkey);
    if (busyWith !== undefined) throw busy(hotkey, busyWith);
    this.#underWay.set(hotkey, hash);
    try {
      return await work();
    } finally {
      this.#underWay.delete(hotkey);
    }
  }
}

function busy(hotkey: string, hash: string): ChainError {
  const message = `${hotkey} is still waiting for the extrinsic ${hash}`;
  return new ChainError({ code: "CHAIN_SENDER_BUSY", hotkey, hash }, message);
}
