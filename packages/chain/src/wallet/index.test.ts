import { expect, test } from "vitest";
import * as wallet from "./index.ts";

test("the wallet exports exactly these names", () => {
  expect(Object.keys(wallet).toSorted()).toEqual([
    "isAddress",
    "signerFromFile",
    "signerFromUri",
    "verifySignature",
  ]);
});
