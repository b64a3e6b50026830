import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CODE_HASH } from "./code-hash.ts";

const folder = import.meta.dirname;
/** How work arrives from another host decides no outcome. */
const IGNORED = /\.(test|bench|long)\.ts$|^(test|remote)\/|^code-hash\.ts$/;

function sources(): string[] {
  const all = globSync("**/*.ts", { cwd: folder }).map((path) => path.replaceAll("\\", "/"));
  return all.filter((path) => !IGNORED.test(path)).sort();
}

test("the pinned code hash is that of the sources", () => {
  const hash = createHash("sha256");
  for (const path of sources()) {
    const text = readFileSync(join(folder, path), "utf8").replaceAll("\r\n", "\n");
    hash.update(`${path}\n${text.length}\n${text}`);
  }
  expect(CODE_HASH).toBe(hash.digest("hex"));
});

test("it covers what decides an outcome", () => {
  expect(sources()).toEqual(
    expect.arrayContaining(["prng.ts", "rollout.ts", "sandbox/lanes.ts", "tasks/waypoint-navigation.ts"]),
  );
});
