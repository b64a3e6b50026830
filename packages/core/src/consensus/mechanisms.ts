import { U16_MAX } from "./fixed.ts";
import type { EpochOutput } from "./types.ts";
import { at } from "./vector.ts";

const MAX_SUBNETS = 4096;
const WEIGHT_BITS = 64n;

/** What a subnet stores of all its mechanisms together: bonds and incentive stay with each mechanism. */
export type CombinedOutput = Omit<EpochOutput, "incentive" | "bonds" | "logErrors">;

/** One mechanism's epoch and the share of the subnet's emission it ran with. */
export type MechanismEpoch = { readonly emission: bigint; readonly output: EpochOutput };

/**
 * Key of everything stored per mechanism (weights, bonds, last update, incentive): mechid · 4096 + netuid.
 * Mechanism 0 has the key of the subnet itself.
 */
export function mechanismStorageIndex(netuid: number, mechid: number): number {
  return mechid * MAX_SUBNETS + netuid;
}

/**
 * A subnet's emission divided among its mechanisms; sums to `emission` exactly.
 *
 * floor(emission · s_k / 65535) by the split, or floor(emission / count) without one. A split that is too short
 * is padded with 0, one too long is cut; what rounding leaves goes to mechanism 0.
 *
 * @param emission rao.
 * @param mechanisms `count` ≥ 1; `split` u16 proportions or null for equal parts.
 * @see subtensor subnets/mechanism.rs
 */
export function splitEmissions(
  emission: bigint,
  mechanisms: { count: number; split: readonly number[] | null },
): bigint[] {
  const { count, split } = mechanisms;
  const parts = Array.from({ length: count }, (_, k) =>
    split === null ? emission / BigInt(count) : (emission * BigInt(split[k] ?? 0)) / BigInt(U16_MAX),
  );
  const rest = parts.reduce((left, part) => left - part, emission);
  return parts.map((part, k) => (k === 0 && rest > 0n ? part + rest : part));
}

/**
 * One output for the subnet from the epochs of its mechanisms, in their order.
 *
 * Active and permits by OR; server and validator amounts by sum; everything else floor(so far + value · w_k)
 * with w_k = E_k / E floored to 64 fractional bits, so that rounding accumulates downwards. If E is 0 the first
 * mechanism counts fully and the others not at all. `emission` is weighted although each E_k already is a share:
 * with several mechanisms it is less than what is paid out; use the two amounts.
 *
 * @param epochs at least one, all with the same number of uids.
 * @see subtensor subnets/mechanism.rs
 */
export function combineMechanisms(epochs: readonly MechanismEpoch[]): CombinedOutput {
  const total = epochs.reduce((sum, { emission }) => sum + emission, 0n);
  const weights = epochs.map(({ emission }, k) => weightOf(emission, { total, isFirst: k === 0 }));
  const outputs = epochs.map(({ output }) => output);
  const weighted = (field: WeightedField) =>
    accumulate(
      outputs.map((output) => output[field].map(BigInt)),
      weights,
    );
  return {
    active: anyOf(outputs.map(({ active }) => active)),
    validatorPermit: anyOf(outputs.map(({ validatorPermit }) => validatorPermit)),
    stakeWeight: weighted("stakeWeight").map(Number),
    consensus: weighted("consensus").map(Number),
    dividends: weighted("dividends").map(Number),
    validatorTrust: weighted("validatorTrust").map(Number),
    emission: weighted("emission"),
    serverEmission: totals(outputs.map(({ serverEmission }) => serverEmission)),
    validatorEmission: totals(outputs.map(({ validatorEmission }) => validatorEmission)),
  };
}

type WeightedField = "stakeWeight" | "consensus" | "dividends" | "validatorTrust" | "emission";

function weightOf(emission: bigint, subnet: { total: bigint; isFirst: boolean }): bigint {
  if (subnet.total === 0n) return subnet.isFirst ? 1n << WEIGHT_BITS : 0n;
  return (emission << WEIGHT_BITS) / subnet.total;
}

function accumulate(columns: readonly (readonly bigint[])[], weights: readonly bigint[]): bigint[] {
  const first = columns[0] ?? [];
  return first.map((_, uid) =>
    columns.reduce((sum, column, k) => sum + ((at(column, uid) * at(weights, k)) >> WEIGHT_BITS), 0n),
  );
}

function totals(columns: readonly (readonly bigint[])[]): bigint[] {
  const first = columns[0] ?? [];
  return first.map((_, uid) => columns.reduce((sum, column) => sum + at(column, uid), 0n));
}

function anyOf(columns: readonly (readonly boolean[])[]): boolean[] {
  const first = columns[0] ?? [];
  return first.map((_, uid) => columns.some((column) => column[uid] === true));
}
