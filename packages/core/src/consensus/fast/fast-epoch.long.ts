import { expect, test } from "vitest";
import { compareKernels } from "./test/agreement.ts";

const minutes = Number(process.env.ASSAY_LONG_MINUTES ?? 1);
const MINUTE_MS = 60_000;
const BATCH = 1_000;

/** Batches of seeds from one drawn now, until the time is over. */
function* batches(first: number): Generator<number[]> {
  const end = Date.now() + minutes * MINUTE_MS;
  for (let from = first; Date.now() < end; from += BATCH)
    yield Array.from({ length: BATCH }, (_, k) => from + k);
}

test("random epochs agree to the last bit for as long as asked", {
  timeout: (minutes + 1) * MINUTE_MS,
}, () => {
  const first = Number(process.env.ASSAY_LONG_SEED ?? Date.now() % 2 ** 31);
  console.info(`seeds from ${first} (ASSAY_LONG_SEED repeats them)`);
  let epochs = 0;
  for (const seeds of batches(first)) epochs += compareKernels(seeds).epochs;
  console.info(`${epochs} epochs agree`);
  expect(epochs).toBeGreaterThan(0);
});
