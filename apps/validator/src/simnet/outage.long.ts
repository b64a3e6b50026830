import { expect, test } from "vitest";
import { outlive } from "./outage.ts";
import { TEMPO } from "./world.ts";

const DAY_BLOCKS = 7_200;

test("a whole day without a backend: 180 epochs set, then `stop` is obeyed", {
  timeout: 600_000,
}, async () => {
  const validEpochs = DAY_BLOCKS / TEMPO;
  const { during, after } = await outlive({ validEpochs, epochsAfter: 3, onExpiry: "stop" });
  expect(during).toEqual(Array.from({ length: validEpochs }, (_, epoch) => epoch));
  expect(after).toEqual([validEpochs + 3, validEpochs + 4]);
});
