import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What packing reads of a package's manifest. */
export type Manifest = {
  readonly name: string;
  readonly exports?: Readonly<Record<string, { readonly default: string }>>;
};

/** Reads the manifest of the package in a folder. */
export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
}

/** The source files a package exports. */
export function exportedSources({ exports = {} }: Manifest): string[] {
  return Object.values(exports).map(({ default: file }) => file.replace(/^\.\//, ""));
}
