import { expect, test } from "vitest";
import { outlive } from "./outage.ts";

const VALID = { validEpochs: 3, epochsAfter: 2 };
const TIMEOUT = { timeout: 300_000 };

test(
  "without a backend the last vector is set in every epoch it is valid for, then nothing",
  TIMEOUT,
  async () => {
    const { during, after, paid, named } = await outlive({ ...VALID, onExpiry: "stop" });
    expect(during).toEqual([0, 1, 2]);
    expect(paid).toEqual([named]);
    expect(after).toEqual([5, 6]);
  },
);

test("a snapshot that says refresh is set past its end", TIMEOUT, async () => {
  const { during, after, paid, named } = await outlive({ ...VALID, onExpiry: "refresh" });
  expect(during).toEqual([0, 1, 2, 3, 4]);
  expect(paid).toEqual([named]);
  expect(after).toEqual([5, 6]);
});

test("a snapshot that says burn burns past its end", TIMEOUT, async () => {
  const { during, after, paid, owner } = await outlive({ ...VALID, onExpiry: "burn" });
  expect(during).toEqual([0, 1, 2, 3, 4]);
  expect(paid).toEqual([owner]);
  expect(after).toEqual([5, 6]);
});
