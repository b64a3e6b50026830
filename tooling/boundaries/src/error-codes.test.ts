import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { errorCodesOf, errorPage } from "./error-codes.ts";
import { root } from "./sources.ts";

test("reads codes, facts and their comments from a union", () => {
  const text = `export type AErrorFacts =
  /** Said no. */
  | { code: "A_NO"; name: string; at: { block: number } }
  | { code: "A_NEVER" };

`;
  expect(errorCodesOf(text)).toEqual([
    { code: "A_NO", facts: ["name", "at", "block"], about: "Said no." },
    { code: "A_NEVER", facts: [], about: "" },
  ]);
});

test("docs/errors.md lists exactly the codes of the sources", () => {
  expect(readFileSync(join(root, "docs/errors.md"), "utf8")).toBe(errorPage());
});

test("no code is used by two packages", () => {
  const codes = [...errorPage().matchAll(/^\| `([A-Z0-9_]+)`/gm)].map((match) => match[1] ?? "");
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  expect(codes.length).toBeGreaterThan(10);
});
