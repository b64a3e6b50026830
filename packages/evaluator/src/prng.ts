const WARM_UP_ROUNDS = 12;

/**
 * The generator of every task: sfc32 (Doty-Humphrey), 32-bit integer operations only, so that each machine
 * draws the same numbers. The first 128 bits of the seed fill the state, the other 128 are mixed in after 12 rounds.
 */
export class Prng {
  #a: number;
  #b: number;
  #c: number;
  #counter: number;

  /** @param seed 64 lower-case hex digits, read as eight big-endian words. */
  constructor(seed: string) {
    const word = (i: number) => Number.parseInt(seed.slice(8 * i, 8 * i + 8), 16) | 0;
    [this.#a, this.#b, this.#c, this.#counter] = [word(0), word(1), word(2), word(3)];
    this.#warmUp();
    this.#a ^= word(4);
    this.#b ^= word(5);
    this.#c ^= word(6);
    this.#counter ^= word(7);
    this.#warmUp();
  }

  /** An integer in [0, 2^32). */
  nextWord(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** A number in [low, high), with 32 bits of resolution. */
  between(low: number, high: number): number {
    return low + (high - low) * (this.nextWord() / 4_294_967_296);
  }

  #warmUp(): void {
    for (let i = 0; i < WARM_UP_ROUNDS; i += 1) this.nextWord();
  }
}
