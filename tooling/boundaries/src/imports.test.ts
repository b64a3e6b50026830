import { expect, test } from "vitest";
import {
  importsOf,
  isTestFile,
  packageOf,
  type Source,
  sourcesOf,
  type Workspace,
  workspaces,
} from "./sources.ts";
import { ALLOWED, type Allowance, BROWSER, TEST_ONLY, TEST_TOOLS } from "./table.ts";

const all = workspaces();
const folderOf = new Map(all.map(({ manifest, folder }) => [manifest.name, folder]));
const NONE: Allowance = { workspaces: [], npm: [] };

function matches(list: readonly (string | RegExp)[], name: string): boolean {
  return list.some((item) => (typeof item === "string" ? item === name : item.test(name)));
}

function isAllowed(name: string, { folder, inTests }: { folder: string; inTests: boolean }): boolean {
  const tables = [ALLOWED[folder] ?? NONE, ...(inTests ? [TEST_ONLY[folder] ?? NONE] : [])];
  const sibling = folderOf.get(name);
  if (sibling !== undefined) return tables.some((table) => table.workspaces.includes(sibling));
  return tables.some((table) => matches(table.npm, name)) || (inTests && matches(TEST_TOOLS, name));
}

function breaches(workspace: Workspace, source: Source): string[] {
  const inTests = isTestFile(source.file) || workspace.folder === "e2e" || workspace.folder === "boundaries";
  return importsOf(source)
    .filter((specifier) => !specifier.startsWith(".") && !specifier.startsWith("node:"))
    .filter((specifier) => packageOf(specifier) !== workspace.manifest.name)
    .filter((specifier) => !isAllowed(packageOf(specifier), { folder: workspace.folder, inTests }))
    .map((specifier) => `${source.file} imports ${specifier}`);
}

test("every workspace stands in the import table", () => {
  const code = all.filter(({ folder }) => !["tsconfig", "bootstrap"].includes(folder));
  expect(code.map(({ folder }) => folder).sort()).toEqual(Object.keys(ALLOWED).sort());
});

test.each(all.map((workspace) => [workspace.path, workspace] as const))(
  "%s imports only what the table allows",
  (_path, workspace) => {
    expect(sourcesOf(workspace).flatMap((source) => breaches(workspace, source))).toEqual([]);
  },
);

test.each(all.map((workspace) => [workspace.path, workspace] as const))(
  "%s declares only what the table allows",
  (_path, workspace) => {
    const { manifest, folder } = workspace;
    const declared = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies });
    const entriesOnly = (name: string): boolean =>
      folder === "cli" && ["backend", "validator", "miner"].includes(folderOf.get(name) ?? "");
    const wrong = declared.filter(
      (name) => !isAllowed(name, { folder, inTests: false }) && !entriesOnly(name),
    );
    const wrongDev = Object.keys(manifest.devDependencies ?? {}).filter(
      (name) => !isAllowed(name, { folder, inTests: true }),
    );
    expect([...wrong, ...wrongDev]).toEqual([]);
  },
);

test.each(all.map((workspace) => [workspace.path, workspace] as const))(
  "%s imports only what it declares",
  (_path, workspace) => {
    const { dependencies, optionalDependencies, devDependencies, name } = workspace.manifest;
    const shipped = new Set([...Object.keys({ ...dependencies, ...optionalDependencies }), name]);
    const inTests = new Set([...shipped, ...Object.keys(devDependencies ?? {}), "vitest", "fast-check"]);
    const missing = sourcesOf(workspace).flatMap((source) =>
      importsOf(source)
        .filter((specifier) => !specifier.startsWith(".") && !specifier.startsWith("node:"))
        .map(packageOf)
        .filter(
          (found) =>
            !(isTestFile(source.file) ? inTests : shipped).has(found) &&
            !(["e2e", "boundaries"].includes(workspace.folder) && inTests.has(found)),
        )
        .map((found) => `${source.file} imports ${found}`),
    );
    expect(missing).toEqual([]);
  },
);

test("workspaces form no cycle, devDependencies included", () => {
  const edges = new Map(
    all.map(({ manifest }) => [
      manifest.name,
      Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).filter((name) =>
        folderOf.has(name),
      ),
    ]),
  );
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
    (edges.get(from) ?? []).some(
      (next) => next === to || (!seen.has(next) && reaches(next, to, seen.add(next))),
    );
  expect([...edges.keys()].filter((name) => reaches(name, name))).toEqual([]);
});

test.each(BROWSER)("%s needs nothing of Node.js, because it also runs in a browser", (folder) => {
  const workspace = all.find((candidate) => candidate.folder === folder);
  const sources = workspace === undefined ? [] : sourcesOf(workspace).filter(({ file }) => !isTestFile(file));
  expect(sources.length).toBeGreaterThan(0);
  expect(
    sources
      .filter((source) => importsOf(source).some((name) => name.startsWith("node:")))
      .map(({ file }) => file),
  ).toEqual([]);
});
