/** Multiclass MCC as anybody would write it, to compare with: class by class over the lists. */
export function naiveMcc(labels: readonly number[], predictions: readonly number[], classes: number): number {
  const ids = Array.from({ length: classes }, (_, id) => id);
  const samples = labels.length;
  const correct = labels.filter((label, i) => label === predictions[i]).length;
  const truth = ids.map((id) => labels.filter((label) => label === id).length);
  const answered = ids.map((id) => predictions.filter((prediction) => prediction === id).length);
  const dot = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
  const squared = (samples ** 2 - dot(answered, answered)) * (samples ** 2 - dot(truth, truth));
  return squared === 0 ? 0 : (correct * samples - dot(truth, answered)) / Math.sqrt(squared);
}
