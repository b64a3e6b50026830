import { CoreError } from "./errors.ts";

/** Refuses a number outside of least..most, NaN included: CORE_OUT_OF_RANGE. */
export function assertWithin(name: string, value: number, [least, most]: readonly [number, number]): void {
  if (value >= least && value <= most) return;
  const range = `${least}..${most}`;
  throw new CoreError({ code: "CORE_OUT_OF_RANGE", name, value: String(value), range });
}

/** Refuses NaN and the infinities: CORE_OUT_OF_RANGE. */
export function assertFinite(name: string, value: number): void {
  if (Number.isFinite(value)) return;
  throw new CoreError({ code: "CORE_OUT_OF_RANGE", name, value: String(value), range: "finite" });
}
