import { readFileSync } from "node:fs";
import type { EpochTrace } from "../epoch.ts";
import type { Fixed } from "../fixed.ts";

/** A whole number as the vectors write it: a number below 2^53, a decimal string from there on. */
export type Whole = number | string;

/** One step of a chain vector; `input` is read by the epoch file's own schema. */
export type VectorStep = {
  name: string;
  input: Record<string, unknown>;
  expected: Record<string, unknown> & { fixed?: Record<string, unknown> };
};

/** Arguments and result of one function of the chain's math, raw bits unless the name says otherwise. */
export type FunctionVector = { fn: string } & Record<string, unknown>;

type Step = { label: string; input: VectorStep["input"]; expected: VectorStep["expected"] };
type YumaFile = {
  epoch_cases: { id: string; steps: Step[] }[];
  generator_cases: GeneratorCase[];
  functions: FunctionVector[];
};

/** A 512-neuron case that the test builds itself; `expected_after_epoch_3` holds a hash of the outcome. */
export type GeneratorCase = {
  id: string;
  generator: { interleave: string; sequence: string; stake_per_validator: number; rao_emission: number };
  asserted: {
    validator: Record<string, number>;
    server: Record<string, number>;
  };
  expected_after_epoch_3: { sha256_of_canonical_json: string };
};

export const yuma = read<YumaFile>("yuma.json");
const fuzz = read<{ cases: { id: string; input: Step["input"]; expected: Step["expected"] }[] }>(
  "yuma-fuzz.json",
);

export const caseSteps: VectorStep[] = yuma.epoch_cases.flatMap(({ id, steps }) =>
  steps.map(({ label, input, expected }) => ({ name: `${id}, ${label}`, input, expected })),
);
export const fuzzSteps: VectorStep[] = fuzz.cases.map(({ id, input, expected }) => ({
  name: id,
  input,
  expected,
}));

/** The function vectors of one name; the type is the caller's knowledge of the file. */
export function functionVectors<Vector>(fn: string): Vector[] {
  return yuma.functions.filter((vector) => vector.fn === fn) as unknown as Vector[];
}

/** Reads a file of the package's vectors; its shape is written down in their README. */
export function read<Shape>(name: string): Shape {
  const file = new URL(`../../../vectors/${name}`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")) as Shape;
}

export function fixed(values: readonly Whole[]): Fixed[] {
  return values.map(BigInt);
}

/** A dense matrix as sparse rows without its zeros. */
export function sparse(matrix: readonly (readonly Whole[])[]): [number, Fixed][][] {
  return matrix.map((row) =>
    row.map((value, j): [number, Fixed] => [j, BigInt(value)]).filter(([, value]) => value !== 0n),
  );
}

/** Expected sparse rows with their values as bits. */
export function bits(rows: readonly (readonly (readonly [number, Whole])[])[]): [number, Fixed][][] {
  return rows.map((row) => row.map(([j, value]): [number, Fixed] => [j, BigInt(value)]));
}

/** Every number of a JSON value as decimal text, so that 2^53 and more compare exactly. */
export function asText(value: unknown): unknown {
  if (typeof value === "number" || typeof value === "bigint") return value.toString();
  return Array.isArray(value) ? value.map(asText) : value;
}

/** The intermediate values of a trace under the names of `expected.fixed`. */
export function fixedBlock(trace: EpochTrace): Record<string, unknown> {
  const shared = {
    stake: trace.stake,
    active_stake: trace.activeStake,
    weights_norm: trace.weights.normalised,
    consensus: trace.consensus,
    clipped_weights: trace.clipped,
    validator_trust: trace.validatorTrust,
    incentive: trace.incentive,
    dividends: trace.dividends,
  };
  const { bonds } = trace;
  if (bonds.path === "older")
    return {
      ...shared,
      bonds_prev_norm: bonds.previous,
      bonds_delta_norm: bonds.delta,
      bonds_ema_norm: bonds.average,
    };
  return {
    ...shared,
    bonds_prev: bonds.previous,
    ...(bonds.alphas !== null && { alphas: bonds.alphas }),
    bonds_ema: bonds.state,
    bonds_ema_norm: bonds.average,
    total_bonds_per_validator: bonds.totals,
  };
}
