import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as face from "./index.ts";

/** A function, and the file of `src` it stands in. */
type Place = { readonly name: string; readonly file: string };

const page = readFileSync(new URL("../../../docs/mechanism.md", import.meta.url), "utf8");
const index = readFileSync(new URL("./index.ts", import.meta.url), "utf8");
const isFormula = (file: string) => /^(consensus|metrics|mechanisms|schedule|scores|weights)\//.test(file);

/** One line of the page per formula: its name, linked to its file, a colon, the formula. */
const lines = [...page.matchAll(/^- \[`(\w+)`\]\(\.\.\/packages\/core\/src\/([^)]+)\): (.+)$/gm)].map(
  ([, name = "", file = "", formula = ""]) => ({ name, file, formula }),
);

/** What the package exports of its formulas: functions and mechanisms, not their types and constants. */
const exported: Place[] = [...index.matchAll(/^export \{([^}]*)\} from "\.\/([^"]+)";$/gm)]
  .flatMap(([, names = "", file = ""]) => names.split(",").map((name) => ({ name: name.trim(), file })))
  .filter(({ name, file }) => isFormula(file) && isFunctionOrMechanism(Reflect.get(face, name)));

function isFunctionOrMechanism(value: unknown): boolean {
  return typeof value === "function" || (typeof value === "object" && value !== null && "decide" in value);
}

/** Whether a file of `src` exports a value of that name. */
function exportsIt({ name, file }: Place): boolean {
  const path = new URL(`./${file}`, import.meta.url);
  const statement = new RegExp(`^export (async )?(function|const) ${name}\\b`, "m");
  return existsSync(path) && statement.test(readFileSync(path, "utf8"));
}

const place = ({ name, file }: Place) => `${name} ${file}`;

test("every formula the package exports has its line on the page", () => {
  const listed = new Set(lines.map(place));
  expect(exported.length).toBeGreaterThan(50);
  expect(exported.map(place).filter((formula) => !listed.has(formula))).toEqual([]);
});

test("every name on the page exists where the page says", () => {
  expect(lines.filter((line) => !exportsIt(line)).map(place)).toEqual([]);
});

test("every item of the page is such a line, and none stands twice", () => {
  expect(page.match(/^- /gm)).toHaveLength(lines.length);
  expect(new Set(lines.map(place)).size).toBe(lines.length);
});

test("every section names its source", () => {
  const sections = page.split(/^## /m).slice(1);
  const withFormulas = sections.filter((section) => section.includes("\n- ["));
  const silent = withFormulas.filter(
    (section) => !/Sources?:|interface/.test(section.split("\n- [")[0] ?? ""),
  );
  expect(withFormulas.length).toBeGreaterThan(7);
  expect(silent.map((section) => section.split("\n")[0])).toEqual([]);
});
