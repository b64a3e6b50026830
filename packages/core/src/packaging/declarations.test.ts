import { execFileSync } from "node:child_process";
import { globSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";

const core = fileURLToPath(new URL("../..", import.meta.url));
/** Inside the package, where zod resolves. */
const folder = join(core, ".cache/declarations");
const compiler = fileURLToPath(new URL("../../../../node_modules/typescript/bin/tsc", import.meta.url));

/** What an application without Node.js and without our settings has. */
const STRANGER = {
  target: "es2024",
  lib: ["es2024", "dom"],
  module: "nodenext",
  types: [],
  strict: true,
  noEmit: true,
};

const CONSUMER = `
import { type EpochInput, fastEpoch, simulate, type SimulationConfig, RulesDocument } from "./types/index.js";
export const outcome = (input: EpochInput): readonly bigint[] => fastEpoch(input).emission;
export const rate = (config: SimulationConfig): number => simulate(config).paid.takeoverRate;
export const share: number = RulesDocument.parse({}).burn;
`;

/** The compiler's complaints about a project, none if it is content. */
function complaints(project: object): string[] {
  const file = join(folder, "tsconfig.json");
  writeFileSync(file, JSON.stringify(project));
  try {
    execFileSync(process.execPath, [compiler, "-p", file], { cwd: folder, encoding: "utf8", stdio: "pipe" });
    return [];
  } catch (error) {
    return textOf(error).trim().split("\n");
  }
}

/** What the compiler printed; a failure to start it is thrown on. */
function textOf(error: unknown): string {
  if (error instanceof Error && "stdout" in error && typeof error.stdout === "string" && error.stdout !== "")
    return error.stdout;
  throw error;
}

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const emit = { noEmit: false, declaration: true, emitDeclarationOnly: true, incremental: false };
  const rootDir = join(core, "src");
  const compilerOptions = { ...emit, lib: ["es2024", "dom"], types: [], rootDir, outDir: "types" };
  const extended = join(core, "tsconfig.json");
  const emitted = complaints({
    extends: extended,
    compilerOptions,
    include: [],
    files: [join(rootDir, "index.ts")],
  });
  expect(emitted).toEqual([]);
}, 120_000);

test("declarations are those of the package, tests left out", () => {
  const files = globSync("types/**/*.d.ts", { cwd: folder });
  expect(files).toContain(join("types", "index.d.ts"));
  expect(files.filter((file) => /\.(test|bench)\.d\.ts$|\/test\//.test(file))).toEqual([]);
});

test("declarations stand alone, without the types of Node.js", () => {
  writeFileSync(join(folder, "consumer.ts"), CONSUMER);
  const compilerOptions = { ...STRANGER, skipLibCheck: false };
  expect(complaints({ compilerOptions, files: ["consumer.ts"] })).toEqual([]);
}, 120_000);

test("the same check sees what is not there", () => {
  writeFileSync(join(folder, "consumer.ts"), "export const here: Buffer = process.cwd();\n");
  const found = complaints({ compilerOptions: STRANGER, files: ["consumer.ts"] });
  expect(found.join("\n")).toMatch(/'Buffer'[^]*'process'/);
}, 120_000);
