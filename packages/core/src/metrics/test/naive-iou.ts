/** IoU as anybody would write it, to compare with: strictly above 0.5, both empty 1. */
export function naiveIou(prediction: ArrayLike<number>, truth: ArrayLike<number>): number {
  let [intersection, union] = [0, 0];
  for (let i = 0; i < prediction.length; i += 1) {
    const isPredicted = (prediction[i] ?? 0) > 0.5;
    const isTrue = truth[i] === 1;
    if (isPredicted && isTrue) intersection += 1;
    if (isPredicted || isTrue) union += 1;
  }
  return union === 0 ? 1 : intersection / union;
}
