/**
 * How far two estimates of a probability may lie apart: four standard errors of their difference, and half a unit of
 * the reference's last printed digit.
 *
 * @param probability the reference's figure, printed to 0.01.
 * @param runs behind the reference, and behind ours.
 */
export function samplingTolerance(probability: number, runs: readonly [number, number]): number {
  // A figure printed as 0 or 1 may be half a hundredth away from it.
  const p = Math.min(0.995, Math.max(0.005, probability));
  return 4 * Math.sqrt(p * (1 - p) * (1 / runs[0] + 1 / runs[1])) + 0.005;
}
