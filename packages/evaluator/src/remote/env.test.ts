import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readSettings, SETTING_NAMES, variable } from "./env.ts";

const SECRET = "0123456789abcdef".repeat(4);
const folder = mkdtempSync(join(tmpdir(), "assay-join-"));
const file = join(folder, "secret");
writeFileSync(file, `${SECRET}\n`);
afterAll(() => rmSync(folder, { recursive: true }));

const COMPLETE = {
  ASSAY_JOIN: "wss://v.example.org",
  ASSAY_JOIN_SECRET_FILE: file,
  ASSAY_EVALUATOR_NAME: "b",
};

test("an address and a secret are enough", () => {
  expect(readSettings([], COMPLETE)).toEqual({
    join: "wss://v.example.org",
    secret: SECRET,
    evaluatorName: "b",
    logLevel: "info",
  });
  expect(readSettings([], { ...COMPLETE, ASSAY_EVALUATOR_NAME: "" }).evaluatorName).toMatch(/^[\w.-]{1,64}$/);
});

test("a flag goes over the environment", () => {
  const flags = ["--join=ws://10.0.0.5:9102", "--allow-plain", "--evaluator-name", "c"];
  expect(readSettings(flags, COMPLETE)).toMatchObject({ join: "ws://10.0.0.5:9102", evaluatorName: "c" });
});

test.each<[string, readonly string[], Record<string, string>, RegExp]>([
  ["no address", [], { ASSAY_JOIN: "" }, /ASSAY_JOIN \(--join\): is required/],
  ["no secret", [], { ASSAY_JOIN_SECRET_FILE: "" }, /ASSAY_JOIN_SECRET_FILE .*: is required/],
  ["a plain address of another host", ["--join", "ws://10.0.0.5:1"], {}, /--allow-plain/],
  ["a file that is not there", [], { ASSAY_JOIN_SECRET_FILE: "/none" }, /no readable file \/none/],
  ["a name with a line end", ["--evaluator-name", "a\nb"], {}, /EVALUATOR_NAME/],
  ["a secret as an argument", ["--join-secret", SECRET], {}, /Unknown option/],
])("%s is refused", (_, args, about, why) => {
  const read = () => readSettings(args, { ...COMPLETE, ...about });
  expect(read).toThrow(expect.objectContaining({ code: "EVALUATOR_SETTINGS_INVALID" }));
  expect(read).toThrow(why);
});

test("a secret that is too short to be one is refused and not shown", () => {
  const short = join(folder, "short");
  writeFileSync(short, "letmein");
  const problem = () => readSettings([], { ...COMPLETE, ASSAY_JOIN_SECRET_FILE: short });
  expect(problem).toThrow(/32 to 256 printable characters/);
  expect(problem).not.toThrow(/letmein/);
});

test("README.md knows every setting", () => {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  for (const name of SETTING_NAMES) expect(readme).toContain(`\`${variable(name)}\``);
});
