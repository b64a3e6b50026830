import { expect, test } from "vitest";
import { isOlder, softwareVersion } from "./version.ts";

test.each([
  ["0.1.0", "0.1.0", false],
  ["0.1.0", "0.1.1", true],
  ["0.9.0", "0.10.0", true],
  ["1.0.0", "0.99.99", false],
])("%s is older than %s: %s", (a, b, expected) => {
  expect(isOlder(a, b)).toBe(expected);
});

test("our own version is one that rules can name", () => {
  expect(softwareVersion).toMatch(/^\d+\.\d+\.\d+$/);
});
