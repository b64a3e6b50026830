import { add, div, type Fixed, mul } from "./fixed.ts";

/** Σ x_i; 0 for an empty vector. */
export function sum(values: readonly Fixed[]): Fixed {
  return values.reduce(add, 0n);
}

/** x_i / Σ x; unchanged if the sum is 0. */
export function normalise(values: readonly Fixed[]): Fixed[] {
  return normaliseBy(values, sum(values));
}

/** x_i / total; unchanged if the total is 0. */
export function normaliseBy(values: readonly Fixed[], total: Fixed): Fixed[] {
  return total === 0n ? [...values] : values.map((value) => div(value, total));
}

/** x_i + y_i for two vectors of one length. */
export function addEach(x: readonly Fixed[], y: readonly Fixed[]): Fixed[] {
  return x.map((value, i) => add(value, at(y, i)));
}

/** mul(x_i, y_i) for two vectors of one length. */
export function mulEach(x: readonly Fixed[], y: readonly Fixed[]): Fixed[] {
  return x.map((value, i) => mul(value, at(y, i)));
}

/** The element at `index`, 0 beyond the end: an absent entry of a sparse row. */
export function at(values: readonly Fixed[], index: number): Fixed {
  return values[index] ?? 0n;
}

/** A vector of `length` zeros. */
export function zeros(length: number): Fixed[] {
  return Array.from({ length }, () => 0n);
}
