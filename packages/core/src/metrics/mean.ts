import { CoreError } from "../errors.ts";

/** A mean and its standard error, both in the unit of the values. */
export type Mean = { readonly mean: number; readonly error: number };

/**
 * Mean of independent observations and its standard error.
 *
 * mean = Σ x / n; error = √(Σ (x − mean)² / (n − 1) / n). One value shows no spread: its error is 0.
 *
 * @param values at least one, each finite and of magnitude at most 1e12, so that no sum overflows.
 * @throws CoreError CORE_EMPTY.
 */
export function meanWithError(values: readonly number[]): Mean {
  if (values.length === 0) throw new CoreError({ code: "CORE_EMPTY", name: "values" });
  const mean = sum(values) / values.length;
  if (values.length === 1) return { mean, error: 0 };
  const squares = sum(values.map((value) => (value - mean) * (value - mean)));
  return { mean, error: Math.sqrt(squares / (values.length - 1) / values.length) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
