import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { codeFolder, entries } from "./entries.ts";

test("every entry exists, inside the one folder it may read", () => {
  for (const entry of Object.values(entries)) {
    expect(existsSync(entry)).toBe(true);
    expect(entry.pathname.startsWith(codeFolder)).toBe(true);
  }
});
