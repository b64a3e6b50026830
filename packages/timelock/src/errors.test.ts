import { expect, test } from "vitest";
import { TimelockError } from "./errors.ts";

test("an error carries its code, its facts as plain JSON, a sentence and a cause", () => {
  const cause = new Error("tag");
  const facts = { code: "TIMELOCK_DECRYPTION_FAILED", layer: "body", round: 7 } as const;
  const error = new TimelockError(facts, "It does not open.", { cause });
  expect(error).toMatchObject({ name: "TimelockError", code: "TIMELOCK_DECRYPTION_FAILED", cause });
  expect(JSON.parse(JSON.stringify(error.facts))).toEqual({ layer: "body", round: 7 });
  expect(error.message).toBe("It does not open.");
});
