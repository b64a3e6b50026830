import { expect, test } from "vitest";
import * as face from "./index.ts";

test("exports exactly these names", () => {
  expect(Object.keys(face).toSorted()).toEqual(["ClientError", "createClient", "isRetryable", "signRequest"]);
});
