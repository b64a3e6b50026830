import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
/** Inside the package, where its own name resolves. */
const folder = new URL("../.cache/", import.meta.url);

test("the example of the README prints what the README says", () => {
  const [, code = "", output = ""] = /```ts\n(.*?)```.*?```text\n(.*?)```/s.exec(readme) ?? [];
  mkdirSync(folder, { recursive: true });
  const file = fileURLToPath(new URL("readme.ts", folder));
  writeFileSync(file, code);
  expect(output).not.toBe("");
  expect(execFileSync(process.execPath, [file], { encoding: "utf8" })).toBe(output);
});
