import { expect, test } from "vitest";
import { isTestFile, sourcesOf, workspaces } from "./sources.ts";

const shipped = workspaces().flatMap((workspace) =>
  workspace.path.startsWith("tooling/") ? [] : sourcesOf(workspace).filter(({ file }) => !isTestFile(file)),
);

const SECRET = String.raw`[\w.?]*(?:secret|token|password|authorization|apiKey|bearer)\w*`;
/** Whether there is one, and what kind it is, may be asked in any way. */
const HARMLESS = String.raw`(?:undefined|null|"|')`;
const COMPARED = new RegExp(
  String.raw`(?<!typeof )\b${SECRET}\s*[!=]==?(?!=|\s*${HARMLESS})|(?:[\w)\]])\s+[!=]==?\s*${SECRET}\b`,
  "i",
);
const SEARCHED = new RegExp(
  String.raw`\.(?:includes|indexOf|startsWith|endsWith|localeCompare)\(\s*${SECRET}\b`,
  "i",
);
const ASKED_OF_SQL = /where\(\s*"(?:\w+\.)?secretHash"/i;

/** Lines in which a secret is held against something by other means than the one function; a constant is none. */
function suspicious(text: string): string[] {
  const lines = text.split("\n").map((line) => line.trim());
  const patterns = [COMPARED, SEARCHED, ASKED_OF_SQL];
  const isSuspicious = (line: string) => patterns.some((pattern) => pattern.test(line));
  return lines.filter((line) => isSuspicious(line.replaceAll(/\b[A-Z][A-Z_]+\b/g, "CONSTANT")));
}

test("secrets are compared in constant time, each kind in one place", () => {
  const comparing = shipped.filter(({ text }) => text.includes("timingSafeEqual("));
  expect(comparing.map(({ file, text }) => [file, text.split("timingSafeEqual(").length - 1])).toEqual([
    ["apps/backend/src/auth/api-key.ts", 1],
    ["apps/validator/src/evaluators/secret.ts", 1],
  ]);
});

test("no secret is compared, searched for or looked up in any other way", () => {
  expect(shipped.length).toBeGreaterThan(500);
  const found = shipped.flatMap(({ file, text }) => suspicious(text).map((line) => `${file}: ${line}`));
  expect(found).toEqual([]);
});

test.each([
  "if (row.secretHash === sha256(secret)) return row;",
  "return given === joinSecret;",
  "const matches = authorization !== `Bearer ${expected}`;",
  "if (tokens.includes(token)) return;",
  'return db.selectFrom("apiKeys").where("secretHash", "=", hash);',
])("%s is found", (line) => {
  expect(suspicious(line)).toEqual([line]);
});

test.each([
  "if (secret === undefined) return undefined;",
  'if (typeof secret !== "string") throw invalid();',
  "if (random.length !== SECRET_BYTES) throw wrongLength();",
  'return password !== "" ? refused() : url;',
  "return timingSafeEqual(digest(authorization), digest(secret));",
])("%s is nothing to find", (line) => {
  expect(suspicious(line)).toEqual([]);
});
