import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
/** Inside the package, where its own name resolves. */
const folder = new URL("../.cache/", import.meta.url);
const examples = [...readme.matchAll(/```ts\n(.*?)```.*?```text\n(.*?)```/gs)].map(
  ([, code = "", output = ""]) => ({ title: /import \{ (\w+)/.exec(code)?.[1] ?? "", code, output }),
);

test("the README shows five examples", () => {
  expect(examples.map(({ title }) => title)).toEqual([
    "judgeSubmission",
    "detectorReward",
    "competitionVector",
    "subnetOutcome",
    "honestMiner",
  ]);
});

test.each(examples)("the example of $title prints what the README says", ({ title, code, output }) => {
  mkdirSync(folder, { recursive: true });
  const file = fileURLToPath(new URL(`readme-${title}.ts`, folder));
  writeFileSync(file, code);
  expect(execFileSync(process.execPath, [file], { encoding: "utf8" })).toBe(output);
});
