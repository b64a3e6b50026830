import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { root, succeed } from "./run.ts";

// Building takes seconds on an idle machine.
vi.setConfig({ testTimeout: 240_000 });

type Targets = Record<string, Record<"types" | "default", string>>;
type Manifest = { exports: Targets; publishConfig: { exports: Targets }; private?: boolean };

/** Names a module exports, and the files its `entries.ts` names. */
const DESCRIBE = `
  const [index, entries] = process.argv.slice(1);
  const names = Object.keys(await import(index)).sort();
  const files = await import(entries).then(({ entries }) => Object.values(entries).map(String), () => []);
  console.log(JSON.stringify({ names, files }));
  process.exit(0);
`;

async function describeModule(
  folder: string,
  ending: "ts" | "js",
): Promise<{ names: string[]; files: string[] }> {
  const files = [`${folder}/index.${ending}`, `${folder}/entries.${ending}`];
  return JSON.parse(await succeed(process.execPath, ["--input-type=module", "-e", DESCRIBE, ...files], root));
}

test.each(["timelock", "chain", "api", "client", "devnet", "evaluator"])(
  "@assay/%s builds to what it offers from source",
  async (name) => {
    const folder = join(root, "packages", name);
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
    await succeed(process.execPath, [join(root, "tooling/pack/src/main.ts")], folder);
    const published = manifest.publishConfig.exports;
    expect(Object.keys(published)).toEqual(Object.keys(manifest.exports));
    const targets = Object.values(published).flatMap((target) => Object.values(target));
    expect(targets.filter((file) => !existsSync(join(folder, file)))).toEqual([]);
    const [source, built] = await Promise.all([
      describeModule(join(folder, "src"), "ts"),
      describeModule(join(folder, "dist"), "js"),
    ]);
    expect(built.names).toEqual(source.names);
    expect(built.files).toHaveLength(source.files.length);
    expect(built.files.filter((file) => !existsSync(new URL(file)))).toEqual([]);
  },
);
