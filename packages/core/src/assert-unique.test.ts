import { expect, test } from "vitest";
import { assertUnique } from "./assert-unique.ts";
import { refusalOf } from "./test/refusal.ts";

test("a list that names something twice is refused with what it names", () => {
  expect(refusalOf(() => assertUnique("uids", [1, 2, 1]))).toBe("CORE_DUPLICATE");
  expect(() => assertUnique("uids", [1, 2, 1])).toThrow('CORE_DUPLICATE: name "uids", value "1"');
});

test("different things pass, also none", () => {
  expect(refusalOf(() => assertUnique("uids", [1, 2, 3]))).toBeUndefined();
  expect(refusalOf(() => assertUnique("hotkeys", []))).toBeUndefined();
});
