import { expect, test } from "vitest";
import { ONE } from "./fixed.ts";
import { validatorTrust } from "./validator-trust.ts";

test("is what is left of a row after clipping", () => {
  const clipped = [
    [
      [2, ONE / 2n],
      [3, ONE / 4n],
    ],
    [],
  ] as const;
  expect(validatorTrust(clipped)).toEqual([(ONE * 3n) / 4n, 0n]);
});
