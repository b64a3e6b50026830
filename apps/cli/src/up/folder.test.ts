import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createRunFolder } from "./folder.ts";

const home = mkdtempSync(join(tmpdir(), "assay-folder-"));

afterAll(() => rmSync(home, { recursive: true, force: true }));

test("a secret can be read by nobody else", () => {
  const file = createRunFolder(home, 0).secret("key", "//Alice");
  expect(readFileSync(file, "utf8")).toBe("//Alice");
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("secrets end with the run, its logs stay", () => {
  const folder = createRunFolder(home, 1);
  const file = folder.secret("key", "//Alice");
  folder.forgetSecrets();
  expect([existsSync(file), existsSync(join(folder.path, "logs"))]).toEqual([false, true]);
});

test("the newest three runs are kept", () => {
  const runs = [1, 2, 3, 4, 5].map((minute) => createRunFolder(home, minute * 60_000).path);
  expect(runs.map((path) => existsSync(path))).toEqual([false, false, true, true, true]);
  expect(readdirSync(join(home, "up"))).toHaveLength(3);
});
