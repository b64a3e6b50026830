import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isTestFile, root, type Source, sourcesOf, workspaces } from "./sources.ts";

const shipped = workspaces().flatMap((workspace) =>
  workspace.path.startsWith("tooling/") ? [] : sourcesOf(workspace).filter(({ file }) => !isTestFile(file)),
);
const offenders = (pattern: RegExp, allowed: RegExp): string[] =>
  shipped
    .filter(({ file, text }: Source) => pattern.test(text) && !allowed.test(file))
    .map(({ file }) => file);

test("only env.ts reads the environment", () => {
  expect(offenders(/\bprocess\.env\b/, /\/env\.ts$/)).toEqual([]);
});

test("only main.ts and entries of processes and threads end the process", () => {
  expect(offenders(/\bprocess\.exit\(/, /\/(main|[a-z-]+-(process|worker|thread|entry))\.ts$/)).toEqual([]);
});

test("SQL stands only in db and in the validator's store", () => {
  const sql =
    /\b(select\s+[\w*",\s]+\s+from|insert\s+into|create\s+table|delete\s+from|update\s+\w+\s+set)\b/i;
  expect(offenders(sql, /^(packages\/db\/|apps\/validator\/src\/store\/)/)).toEqual([]);
});

test("no default export outside configuration files", () => {
  expect(offenders(/^export default/m, /\.config\.ts$/)).toEqual([]);
});

/** A package's face: a list of names, as long as the package has things to offer. */
const isFace = ({ file }: Source): boolean => file.endsWith("/src/index.ts");

test("every file but a package's face stays below 300 lines", () => {
  const long = shipped.filter((source) => !isFace(source) && source.text.split("\n").length > 300);
  expect(long.map(({ file }) => file)).toEqual([]);
});

test("a package's face only exports, by name, what other files have", () => {
  const reExport = /^export (type )?\{[^}]*\} from "[^"]+";$/gm;
  const faces = shipped.filter(isFace);
  const others = faces.filter(
    ({ text }) =>
      text
        .replace(reExport, "")
        .replace(/^\/\*\*.*\*\/$/gm, "")
        .trim() !== "",
  );
  expect(faces.length).toBeGreaterThan(5);
  expect(others.map(({ file }) => file)).toEqual([]);
});

test("who sets something up for its tests says how long that may take, which the command line can't", () => {
  const setsUp = workspaces().filter((workspace) =>
    sourcesOf(workspace).some(({ text }) => /^(before|after)(All|Each)\(/m.test(text)),
  );
  const hasty = setsUp.filter(
    (workspace) =>
      !sourcesOf(workspace).some(
        ({ file, text }) => file.endsWith("vitest.config.ts") && /hookTimeout: \d{3}_000/.test(text),
      ),
  );
  expect(setsUp.length).toBeGreaterThan(5);
  expect(hasty.map(({ path }) => path)).toEqual([]);
});

test("every link of the documentation leads to a file", () => {
  const pages = globSync("{*.md,docs/**/*.md,{apps,packages,tooling}/*/*.md,packages/*/vectors/*.md}", {
    cwd: root,
  });
  const broken = pages.flatMap((page) => {
    const text = readFileSync(join(root, page), "utf8");
    const links = [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)].map((match) => match[1] ?? "");
    return links
      .filter((link) => globSync(join(page, "..", link), { cwd: root }).length === 0)
      .map((link) => `${page}: ${link}`);
  });
  expect(pages.length).toBeGreaterThan(3);
  expect(broken).toEqual([]);
});
