import { describe, expect, test } from "vitest";
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

/** Whether a file is only run by tests; all of `tooling` is. */
const isForTests = ({ path }: Workspace, { file }: Source): boolean =>
  isTestFile(file) || path.startsWith("tooling/");

function matches(list: readonly (string | RegExp)[], name: string): boolean {
  return list.some((item) => (typeof item === "string" ? item === name : item.test(name)));
}

function isAllowed(name: string, { folder, inTests }: { folder: string; inTests: boolean }): boolean {
  const tables = [ALLOWED[folder] ?? NONE, ...(inTests ? [TEST_ONLY[folder] ?? NONE] : [])];
  const sibling = folderOf.get(name);
  if (sibling !== undefined) return tables.some((table) => table.workspaces.includes(sibling));
  return tables.some((table) => matches(table.npm, name)) || (inTests && matches(TEST_TOOLS, name));
}

/** Names of other packages a file imports. */
function foreignImports({ manifest }: Workspace, source: Source): string[] {
  return importsOf(source)
    .filter((specifier) => !specifier.startsWith(".") && !specifier.startsWith("node:"))
    .map(packageOf)
    .filter((name) => name !== manifest.name);
}

/** The command line starts the apps as processes, so it depends on them without importing them. */
const isStarted = (folder: string, name: string): boolean =>
  folder === "cli" && ["backend", "validator", "miner"].includes(folderOf.get(name) ?? "");

/** Published with everything it imports inside, so none of that may be a dependency of who installs it. */
const isBundled = (folder: string): boolean => folder === "cli";

test("every workspace stands in the import table", () => {
  const code = all.filter(({ path }) => !["tooling/tsconfig", "tooling/bootstrap"].includes(path));
  expect(code.map(({ folder }) => folder).sort()).toEqual(Object.keys(ALLOWED).sort());
});

describe.each(all.map((workspace) => [workspace.path, workspace] as const))("%s", (_path, workspace) => {
  const { manifest, folder } = workspace;
  const dependencies = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies });
  const devDependencies = Object.keys(manifest.devDependencies ?? {});
  const breaches = (isWrong: (name: string, inTests: boolean) => boolean): string[] =>
    sourcesOf(workspace).flatMap((source) =>
      foreignImports(workspace, source)
        .filter((name) => isWrong(name, isForTests(workspace, source)))
        .map((name) => `${source.file} imports ${name}`),
    );

  test("imports only what the table allows", () => {
    expect(breaches((name, inTests) => !isAllowed(name, { folder, inTests }))).toEqual([]);
  });

  test("declares only what the table allows", () => {
    const wrong = dependencies.filter(
      (name) => !isAllowed(name, { folder, inTests: false }) && !isStarted(folder, name),
    );
    const wrongDev = devDependencies.filter(
      (name) => !isAllowed(name, { folder, inTests: true }) && !isStarted(folder, name),
    );
    expect([...wrong, ...wrongDev]).toEqual([]);
  });

  test("imports only what it declares", () => {
    const shipped = new Set(isBundled(folder) ? [...dependencies, ...devDependencies] : dependencies);
    const inTests = new Set([...dependencies, ...devDependencies, "vitest", "vite", "fast-check"]);
    expect(breaches((name, forTests) => !(forTests ? inTests : shipped).has(name))).toEqual([]);
  });
});

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
  const needing = sources.filter((source) => importsOf(source).some((name) => name.startsWith("node:")));
  expect(needing.map(({ file }) => file)).toEqual([]);
});
