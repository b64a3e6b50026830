import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Rolldown } from "tsdown";

type Foreign = { readonly name: string; readonly version: string; readonly license?: string };

/** Writes the licences of every package of which some code is in the bundle next to it, as they ask for. */
export function licenses(): Rolldown.Plugin {
  return {
    name: "licenses",
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).flatMap((file) => (file.type === "chunk" ? [file] : []));
      const files = chunks
        .flatMap(({ moduleIds }) => moduleIds)
        .filter((id) => /[\\/]node_modules[\\/]/.test(id));
      const folders = new Set(files.map((file) => packageFolder(file)));
      const texts = [...folders].flatMap((folder) => (folder === undefined ? [] : [licenseOf(folder)]));
      const source = [...new Set(texts)].sort().join("\n");
      this.emitFile({ type: "asset", fileName: "THIRD-PARTY-LICENSES.txt", source });
    },
  };
}

/** The folder of the package a file is of: the nearest with a manifest that has a name and a version. */
function packageFolder(file: string): string | undefined {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    const { name, version } = readForeign(folder);
    if (name !== undefined && version !== undefined) return folder;
  }
  return undefined;
}

function licenseOf(folder: string): string {
  const { name, version, license } = readForeign(folder);
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? "" : `\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
  return `${name}@${version} (${license ?? "see its text"})\n${text}\n${"-".repeat(80)}`;
}

function readForeign(folder: string): Partial<Foreign> {
  const file = join(folder, "package.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Partial<Foreign>) : {};
}
