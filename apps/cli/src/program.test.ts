import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test, vi } from "vitest";
import { assay } from "./testing/assay.ts";

const folder = mkdtempSync(join(tmpdir(), "assay-cli-"));
const vectors = fileURLToPath(new URL("../../../packages/core/vectors/", import.meta.url));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

type Vector = { input: unknown; expected: Record<string, unknown> & { fixed?: unknown } };

function everyCase(): Vector[] {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(vectors, name), "utf8"));
  const { epoch_cases } = read("yuma.json") as { epoch_cases: { steps: Vector[] }[] };
  const { cases } = read("yuma-fuzz.json") as { cases: Vector[] };
  return [...epoch_cases.flatMap(({ steps }) => steps), ...cases];
}

test("epoch reproduces every case of both vector files bit for bit", async () => {
  const cases = everyCase();
  const { code, results } = await assay("epoch", file("all.json", JSON.stringify(cases)), "--json");
  expect(code).toBe(0);
  expect(cases.length).toBe(259);
  const expected = cases.map(({ expected: { fixed: _intermediate, ...stored } }) => stored);
  expect(JSON.parse(results.join(""))).toEqual(expected);
});

test("epoch prints an array also for a single input", async () => {
  const [first] = everyCase();
  const { results } = await assay(
    "epoch",
    file("one.json", JSON.stringify({ input: first?.input })),
    "--json",
  );
  expect(JSON.parse(results.join(""))).toHaveLength(1);
});

test("epoch prints a table for people", async () => {
  const [first] = everyCase();
  const { results } = await assay("epoch", file("table.json", JSON.stringify({ input: first?.input })));
  expect(results.join("\n")).toMatch(/incentive[\s\S]*│\s*0 │/);
});

test.each([
  ["a file that is not there", () => join(folder, "none.json"), "CLI_FILE_UNREADABLE"],
  ["a file that is not JSON", () => file("text.json", "{"), "CLI_NOT_JSON"],
  ["an input without its fields", () => file("short.json", '{"input":{"n":1}}'), "CORE_INVALID_DOCUMENT"],
])("epoch refuses %s with its code and exit 1", async (_name, path, code) => {
  const run = await assay("epoch", path(), "--json");
  expect(run.code).toBe(1);
  expect(run.results).toEqual([]);
  expect(run.notes).toContain(code);
});

test.each([
  ["an unknown command", ["epch"]],
  ["a missing argument", ["epoch"]],
  ["a number out of range", ["up", "--epochs", "0"]],
  ["a role that does not exist", ["keys", "create", "--name", "x", "--role", "king"]],
  ["a rejection without a reason", ["reject", "candidate_x"]],
])("%s is a usage error", async (_name, args) => {
  const { code, notes } = await assay(...args);
  expect(code).toBe(2);
  expect(notes).not.toBe("");
});

test("a validator's key without a hotkey is a usage error, found before a backend is called", async () => {
  const key = file("admin.token", "assay_x");
  const create = ["keys", "create", "--name", "x", "--role", "validator"];
  const { code, notes } = await assay(...create, "--url", "http://127.0.0.1:9", "--api-key-file", key);
  expect([code, notes]).toEqual([2, expect.stringContaining("bound to one hotkey")]);
});

test("settings that are wrong end it with 78, all of them named", async () => {
  vi.stubEnv("ASSAY_NETUID", "subnet");
  vi.stubEnv("ASSAY_BACKEND_URL", "nonsense");
  const { code, notes } = await assay("status");
  vi.unstubAllEnvs();
  expect(code).toBe(78);
  expect(notes).toMatch(/^CLI_SETTINGS_INVALID: ASSAY_BACKEND_URL: .*\nASSAY_NETUID: /);
});

test("the first key needs a database, by flag or by environment", async () => {
  vi.stubEnv("DATABASE_URL", "");
  const none = await assay("keys", "init", "--netuid", "1");
  vi.stubEnv("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none");
  const unreachable = await assay("keys", "init", "--netuid", "1");
  vi.unstubAllEnvs();
  expect([none.code, none.notes]).toEqual([2, expect.stringContaining("DATABASE_URL")]);
  expect([unreachable.code, unreachable.notes]).toEqual([1, expect.stringContaining("ECONNREFUSED")]);
});

test("help is not a failure", async () => {
  const { code, results } = await assay("--help");
  expect(code).toBe(0);
  expect(results.join("\n")).toMatch(/up \[options\][\s\S]*epoch \[options\]/);
});

test("a backend that nobody answers for is named as unreachable", async () => {
  const key = file("key", "assay_x");
  const { code, notes } = await assay("status", "--url", "http://127.0.0.1:9", "--api-key-file", key);
  expect(code).toBe(1);
  expect(notes).toContain("CLIENT_UNREACHABLE");
});

test.each([
  [["approve", "somebody"], "id of kind candidate"],
  [["candidates", "compare", "somebody"], "id of kind candidate"],
  [["submissions", "--status", "lost"], '"below-bar"'],
  [["submissions", "--competition", "first"], "id of kind competition"],
  [["keys", "init", "--database-url", "postgres://nowhere/none"], "which subnet?"],
])("%j is a mistake of the command line: nobody is asked", async (args, says) => {
  vi.stubEnv("ASSAY_HOME", folder);
  expect(await assay(...args)).toMatchObject({ code: 2, notes: expect.stringContaining(says) });
  vi.unstubAllEnvs();
});
