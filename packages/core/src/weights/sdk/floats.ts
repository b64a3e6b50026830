/** Weights as numpy holds them: the width of the numbers is the width of the arithmetic. */
export type Floats = Float32Array | Float64Array;

/** Rounds a double to the width of the numbers in `like`. */
export function widthOf(like: Floats): (value: number) => number {
  return like instanceof Float32Array ? Math.fround : (value) => value;
}

/** As many numbers as `like` has, of its width. */
export function mapped(like: Floats, value: (item: number, index: number) => number): Floats {
  return like instanceof Float32Array ? like.map(value) : like.map(value);
}

/** Blocks up to this length are summed in eight lanes; longer ones are halved first. */
const BLOCK = 128;
const LANES = 8;

/**
 * Sum in numpy's order, each step rounded to the width of the numbers: another order has other last bits.
 *
 * Below 8 numbers one after the other; up to 128 in eight lanes added as ((0+1)+(2+3))+((4+5)+(6+7)), then the rest; longer
 * lists in two halves, the first a multiple of 8.
 */
export function pairwiseSum(values: Floats): number {
  const round = widthOf(values);
  if (values.length > BLOCK) {
    const half = Math.floor(values.length / 2 / LANES) * LANES;
    return round(pairwiseSum(values.subarray(0, half)) + pairwiseSum(values.subarray(half)));
  }
  const whole = Math.floor(values.length / LANES) * LANES;
  let sum = whole === 0 ? 0 : laneSum(values.subarray(0, whole));
  for (const value of values.subarray(whole)) sum = round(sum + value);
  return sum;
}

function laneSum(values: Floats): number {
  const round = widthOf(values);
  const lane = (first: number): number => {
    let sum = values[first] ?? 0;
    for (let i = first + LANES; i < values.length; i += LANES) sum = round(sum + (values[i] ?? 0));
    return sum;
  };
  const pair = (first: number): number => round(lane(first) + lane(first + 1));
  return round(round(pair(0) + pair(2)) + round(pair(4) + pair(6)));
}
