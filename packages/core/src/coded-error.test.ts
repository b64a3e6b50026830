import { expect, test } from "vitest";
import { CodedError } from "./coded-error.ts";
import { CoreError } from "./errors.ts";

test("an error carries its code, its facts and a message made of both", () => {
  const error = new CoreError({ code: "CORE_LENGTH_MISMATCH", name: "stake", expected: 3, actual: 2 });
  expect(error).toMatchObject({
    name: "CoreError",
    code: "CORE_LENGTH_MISMATCH",
    facts: { name: "stake", expected: 3, actual: 2 },
    message: 'CORE_LENGTH_MISMATCH: name "stake", expected 3, actual 2',
  });
  expect(error).toBeInstanceOf(CodedError);
  expect(error).toBeInstanceOf(Error);
});

test("a message of its own and a cause are kept, and a code without facts stands alone", () => {
  const cause = new Error("disk");
  const error = new CodedError({ code: "TEST_FULL" }, "The disk is full.", { cause });
  expect(error.message).toBe("The disk is full.");
  expect(error.cause).toBe(cause);
  expect(new CodedError({ code: "TEST_FULL" }).message).toBe("TEST_FULL");
});
