import fc from "fast-check";
import type { EpochInput, SparseRow } from "../types.ts";

/** A subnet of `n` uids at block 1000 where everybody is permitted, active and old enough, without weights. */
export function subnet(n: number, changes: Partial<EpochInput> = {}): EpochInput {
  return {
    n,
    block: 1_000,
    tempo: 100,
    activityCutoffBlocks: 500,
    lastEpochRunBlock: 900,
    stakeThreshold: 0n,
    maxAllowedValidators: n,
    kappa: 32_767,
    bondsPenalty: 65_535,
    bondsMovingAverage: 900_000,
    liquidAlpha: false,
    alphaLow: 45_875,
    alphaHigh: 58_982,
    alphaSigmoidSteepness: 1_000,
    yuma3: true,
    ownerUid: null,
    raoEmission: 1_000_000_000n,
    stake: filled(n, 0n),
    lastUpdate: filled(n, 950),
    blockAtRegistration: filled(n, 10),
    validatorPermit: filled(n, true),
    weights: filled(n, []),
    bonds: filled(n, []),
    commitReveal: false,
    liveCommitBlock: [],
    ...changes,
  };
}

/** `n` times the same value. */
export function filled<Value>(n: number, value: Value): Value[] {
  return Array.from({ length: n }, () => value);
}

const u16 = fc.oneof(fc.constantFrom(0, 1, 32_767, 32_768, 65_535), fc.nat({ max: 65_535 }));
const block = fc.nat({ max: 2_000 });
const stake = fc.oneof(
  fc.constantFrom(0n, 1n, 999n, 1_000n),
  fc.bigInt({ min: 0n, max: 21_000_000_000_000_000n }),
);

/** Sparse rows for `n` uids with distinct targets in any order, some of them beyond the last uid. */
function rows(n: number): fc.Arbitrary<SparseRow[]> {
  const row = fc.uniqueArray(fc.tuple(fc.nat({ max: n }), u16), {
    selector: ([uid]) => uid,
    maxLength: n + 1,
  });
  return fc.array(row, { minLength: n, maxLength: n });
}

/** Any state a chain can hold, with 0 to 8 uids, all masks and both bonds paths. */
export const anyInput: fc.Arbitrary<EpochInput> = fc.nat({ max: 8 }).chain((n) => {
  const perUid = { minLength: n, maxLength: n };
  return fc.record({
    n: fc.constant(n),
    block,
    tempo: fc.nat({ max: 400 }),
    activityCutoffBlocks: fc.integer({ min: 1, max: 3_000 }),
    lastEpochRunBlock: fc.oneof(fc.constant(0), block),
    stakeThreshold: fc.constantFrom(0n, 1_000n),
    maxAllowedValidators: fc.nat({ max: 10 }),
    kappa: u16,
    bondsPenalty: u16,
    bondsMovingAverage: fc.nat({ max: 1_000_000 }),
    liquidAlpha: fc.boolean(),
    alphaLow: u16,
    alphaHigh: u16,
    alphaSigmoidSteepness: fc.integer({ min: -32_768, max: 32_767 }),
    yuma3: fc.boolean(),
    ownerUid: fc.option(fc.nat({ max: 8 })),
    raoEmission: fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
    stake: fc.array(stake, perUid),
    lastUpdate: fc.array(block, { maxLength: n + 2 }),
    blockAtRegistration: fc.array(block, perUid),
    validatorPermit: fc.array(fc.boolean(), perUid),
    weights: rows(n),
    bonds: rows(n),
    commitReveal: fc.boolean(),
    liveCommitBlock: fc.array(fc.option(block), perUid),
  });
});

/** Freezes a value and everything in it, so that a change of an argument throws. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null) return value;
  for (const part of Object.values(value)) deepFreeze(part);
  return Object.freeze(value);
}
