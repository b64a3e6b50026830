import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");

export type Manifest = {
  name: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
};

export type Workspace = { folder: string; path: string; manifest: Manifest };

const read = (path: string): string => readFileSync(join(root, path), "utf8");

/** Every workspace with its manifest, by folder name. */
export function workspaces(): Workspace[] {
  return globSync("{apps,packages,tooling}/*/package.json", { cwd: root })
    .sort()
    .map((file) => ({
      folder: basename(dirname(file)),
      path: dirname(file),
      manifest: JSON.parse(read(file)) as Manifest,
    }));
}

export type Source = { file: string; text: string };

/** Every TypeScript file of a workspace. */
export function sourcesOf(workspace: Workspace): Source[] {
  return globSync(`${workspace.path}/**/*.{ts,tsx,mts}`, {
    cwd: root,
    exclude: (path) => /(^|\/)(node_modules|dist|\.cache)(\/|$)/.test(path),
  })
    .sort()
    .map((file) => ({ file: relative(".", file), text: read(file) }));
}

/** Module names a file imports or re-exports, type-only ones included. */
export function importsOf(source: Source): string[] {
  const patterns = [
    /^\s*(?:import|export)\s[^;"']*?from\s*["']([^"']+)["']/gms,
    /^\s*import\s*["']([^"']+)["']/gm,
    /\bimport\(\s*["']([^"']+)["']\s*\)/g,
  ];
  return patterns.flatMap((pattern) => [...source.text.matchAll(pattern)].map((match) => match[1] ?? ""));
}

/** True for files that never ship: tests, benchmarks and what only they use. */
export function isTestFile(file: string): boolean {
  return /(\.(test|long|bench|test-d)\.tsx?$)|(\/test\/)|(\/testing\/)|(\/simnet\/)|(vitest\.config\.ts$)|(\/test(-[a-z]+)?\.ts$)/.test(
    file,
  );
}

/** `@scope/name` or `name` of a module specifier. */
export function packageOf(specifier: string): string {
  const parts = specifier.split("/");
  return specifier.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] ?? specifier);
}
