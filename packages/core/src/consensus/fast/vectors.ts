/* oxlint-disable typescript/no-non-null-assertion -- numeric loops: every index is below the length it walks */
import { divFloor } from "./divide.ts";

/** Σ x_i, exact below 2^53. */
export function total(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i]!;
  return sum;
}

/** x_i / divisor into `quotients`, which may be the values themselves; unchanged if the divisor is 0. */
export function divideEach(
  values: Float64Array,
  { by, quotients }: { by: number; quotients: Float64Array },
): void {
  for (let i = 0; i < values.length; i += 1) quotients[i] = by === 0 ? values[i]! : divFloor(values[i]!, by);
}

/** x_i / Σ x in place; unchanged if the sum is 0. The sum must be below 2^52. */
export function normaliseEach(values: Float64Array): void {
  divideEach(values, { by: total(values), quotients: values });
}
