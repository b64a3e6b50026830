/** Reproducible random choices for tests, see {@link diceOf}. */
export type Dice = {
  /** A number in [0, 1). */
  readonly real: () => number;
  /** An integer in [low, high]. */
  readonly between: (low: number, high: number) => number;
  /** Whether something of the given probability happens. */
  readonly chance: (probability: number) => boolean;
  /** One of the values. */
  readonly oneOf: <Value>(values: readonly [Value, ...Value[]]) => Value;
  /** The values in random order. */
  readonly shuffled: <Value>(values: readonly Value[]) => Value[];
};

/** The dice of a seed: equal seeds throw the same numbers (xorshift of 32 bits after mixing the seed). */
export function diceOf(seed: number): Dice {
  let state = Math.imul(seed ^ (seed >>> 16), 0x9e_37_79_b1) | 1;
  const word = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  const real = () => ((word() >>> 5) * 67_108_864 + (word() >>> 6)) / 9_007_199_254_740_992;
  for (let k = 0; k < 8; k += 1) word();
  const between = (low: number, high: number) => low + Math.floor(real() * (high - low + 1));
  return {
    real,
    between,
    chance: (probability) => real() < probability,
    oneOf: (values) => values[between(0, values.length - 1)] ?? values[0],
    shuffled: (values) =>
      values
        .map((value) => ({ value, key: real() }))
        .sort((a, b) => a.key - b.key)
        .map(({ value }) => value),
  };
}
