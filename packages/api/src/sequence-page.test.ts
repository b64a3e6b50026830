import { expect, test } from "vitest";
import { SequencePage } from "./sequence-page.ts";

test.each(["0", "17", "2147483647", null, undefined])("%s is where a page may begin", (cursor) => {
  expect(SequencePage.safeParse({ cursor }).success).toBe(true);
});

test.each(["", "abc", "-1", "1e3", "2147483648", "99999999999999999999"])("%s is no cursor", (cursor) => {
  expect(SequencePage.safeParse({ cursor }).error?.issues[0]?.path).toEqual(["cursor"]);
});
