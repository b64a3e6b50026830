import { chmod, mkdir, mkdtemp, readdir, readlink, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { copyOnce } from "./binaries.ts";

const folder = await mkdtemp(join(tmpdir(), "assay-binaries-test-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

const source = join(folder, "source");
await mkdir(join(source, "bin"), { recursive: true });
await writeFile(join(source, "bin", "postgres"), "a program");
await symlink("postgres", join(source, "bin", "alias"));

test("several processes that copy at once leave one whole copy", async () => {
  const copy = join(folder, "copy");
  const copies = await Promise.all(Array.from({ length: 5 }, () => copyOnce(source, copy)));
  expect(new Set(copies)).toEqual(new Set([copy]));
  expect((await readdir(join(copy, "bin"))).sort()).toEqual(["alias", "postgres"]);
  expect(await readlink(join(copy, "bin", "alias"))).toBe("postgres");
  expect((await readdir(folder)).filter((name) => name.startsWith("copy-"))).toEqual([]);
});

test("a copy that others could have written to is not run", async () => {
  const copy = join(folder, "open");
  await mkdir(join(copy, "bin"), { recursive: true });
  await chmod(copy, 0o777);
  await expect(copyOnce(source, copy)).rejects.toMatchObject({ code: "DB_SERVER_FAILED" });
});

test("a link in place of the copy is not followed", async () => {
  const copy = join(folder, "linked");
  await symlink(source, copy);
  await expect(copyOnce(source, copy)).rejects.toMatchObject({ code: "DB_SERVER_FAILED" });
});
