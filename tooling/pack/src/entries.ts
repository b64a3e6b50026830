import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const nameFile = (folder: string): string => join(folder, "src/entries.ts");

/** Source files of a package's processes and threads, and the one that names them; none if it has none. */
export async function entriesOf(folder: string): Promise<string[]> {
  if (!existsSync(nameFile(folder))) return [];
  return [nameFile(folder), ...Object.values(await namedEntries(folder))];
}

/** A package's processes and threads as its `entries.ts` names them, each the path of a source file. */
export async function namedEntries(folder: string): Promise<Record<string, string>> {
  const { entries }: { entries: Record<string, URL | string> } = await import(
    pathToFileURL(nameFile(folder)).href
  );
  return Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, pathOf(entry)]));
}

/** Where a source file's output lies in a build that keeps the package's folders. */
export function outputName(folder: string, file: string): string {
  return relative(join(folder, "src"), file).replaceAll("\\", "/").replace(/\.ts$/, "");
}

function pathOf(entry: URL | string): string {
  return typeof entry === "string" ? entry : fileURLToPath(entry);
}
