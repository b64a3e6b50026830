import { malformed, type Reader } from "../scale/buffer.ts";

/** How long an extrinsic may be included: for ever, or within a period that contains its birth. */
export type Era = { readonly period: number; readonly phase: number } | "immortal";

/** One byte 0 is immortal; otherwise two bytes hold the period's logarithm and the quantised phase. */
export function readEra(input: Reader): Era {
  const first = input.byte();
  if (first === 0) return "immortal";
  const encoded = first | (input.byte() << 8);
  const period = 2 << (encoded % 16);
  const quantum = Math.max(1, period >> 12);
  const phase = (encoded >> 4) * quantum;
  if (period < 4 || phase >= period) throw malformed(input.offset - 2, "the era's phase exceeds its period");
  return { period, phase };
}

/** The block whose hash the signature covers, seen from `current`: genesis for an immortal one. */
export function eraBirth(era: Era, current: number): number {
  if (era === "immortal") return 0;
  return Math.floor((Math.max(current, era.phase) - era.phase) / era.period) * era.period + era.phase;
}

/** First block in which the extrinsic is no longer valid. */
export function eraDeath(era: Era, current: number): number {
  return era === "immortal" ? Number.POSITIVE_INFINITY : eraBirth(era, current) + era.period;
}
