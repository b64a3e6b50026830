import { expect, test } from "vitest";
import { z } from "zod";
import { PageInput, pageOf } from "./page.ts";

test("a page holds 50 rows unless asked otherwise, numbers also as text", () => {
  expect(PageInput.parse({})).toEqual({ limit: 50 });
  expect(PageInput.parse({ limit: "7", cursor: "abc" })).toEqual({ limit: 7, cursor: "abc" });
});

test.each([0, 201, 1.5, "many", Number.NaN])("a limit of %j is refused", (limit) => {
  expect(PageInput.safeParse({ limit }).success).toBe(false);
});

test("the output strips what rows must not show", () => {
  const page = pageOf(z.object({ id: z.string() }));
  expect(page.parse({ items: [{ id: "a", secret: "x" }], nextCursor: null })).toEqual({
    items: [{ id: "a" }],
    nextCursor: null,
  });
});
