import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test, vi } from "vitest";
import { assay as run } from "../testing/assay.ts";

vi.setConfig({ testTimeout: 120_000 });

const main = fileURLToPath(new URL("../main.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "assay-apps-"));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Ended = { code: number | string | null | undefined; stdout: string; stderr: string };

/** The command line as a process, with nothing in its environment but what is given. */
function assay(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const { PATH = "", NODE_COMPILE_CACHE = "" } = process.env;
  const options = { cwd: folder, env: { PATH, NODE_COMPILE_CACHE, ...env } };
  return new Promise((resolve) =>
    execFile(process.execPath, [main, ...args], options, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : error.code, stdout, stderr }),
    ),
  );
}

test("validator hands flags and variables to the app as they are, and ends as it ends", async () => {
  const flags = ["--wallet.path", folder, "--wallet.hotkey", "hot"];
  const { code, stderr } = await assay(["validator", ...flags], { BT_WALLET_NAME: "cold" });
  expect([code, stderr]).toEqual([78, expect.stringContaining(join(folder, "cold/hotkeys/hot"))]);
});

test("miner translates a wallet into what the app reads", async () => {
  const hotkeys = join(folder, "open/hotkeys");
  mkdirSync(hotkeys, { recursive: true });
  // Read only after all settings were found, and then refused.
  writeFileSync(join(hotkeys, "default"), "//Eve//hotkey", { mode: 0o644 });
  const env = { BT_WALLET_PATH: folder, BT_WALLET_NAME: "open", BT_NETUID: "3" };
  const { code, stderr } = await assay(
    ["miner", "--agent", "careful", "--backend-url", "http://127.0.0.1:9"],
    env,
  );
  expect([code, stderr]).toEqual([78, expect.stringContaining("CHAIN_KEY_FILE_EXPOSED")]);
});

test("evaluator takes its secret from a file only, and never talks plainly to another host", async () => {
  const file = join(folder, "join.secret");
  writeFileSync(file, "0123456789abcdef".repeat(4), { mode: 0o600 });
  const env = { ASSAY_JOIN_SECRET_FILE: file };
  const { code, stderr } = await assay(["evaluator", "--join", "ws://10.0.0.5:9102"], env);
  expect([code, stderr]).toEqual([78, expect.stringMatching(/ASSAY_JOIN \(--join\).*--allow-plain/)]);
});

test("backend names every setting it lacks, in plain words", async () => {
  const { code, stderr } = await assay(["backend"]);
  expect(code).toBe(78);
  expect(stderr.split("\n").slice(0, 3)).toEqual([
    "The settings are not valid:",
    "  DATABASE_URL: is required",
    "  ASSAY_CHAIN_URL: is required",
  ]);
});

test.each(["backend", "evaluator", "miner", "validator"])(
  "%s prints a help with every setting, and starts nothing",
  async (app) => {
    const { code, results } = await run(app, "--help");
    expect(code).toBe(0);
    const help = results.join("\n");
    expect(settingsOf(app).filter((name) => !help.includes(name))).toEqual([]);
  },
);

test("the help of the validator names every command of its README", async () => {
  const readme = readFileSync(new URL("../../../../apps/validator/README.md", import.meta.url), "utf8");
  const table = readme.slice(readme.indexOf("| command")).split("\n\n")[0] ?? "";
  const commands = [...table.matchAll(/^\| `([a-z-]+)(?: [[A-Z\]]+)?`/gm)].map(([, name = ""]) => name);
  expect(commands.length).toBeGreaterThan(9);
  const help = (await run("validator", "--help")).results.join("\n");
  expect(commands.filter((name) => !new RegExp(`^  (?:[a-z]+, )*${name}\\b`, "m").test(help))).toEqual([]);
});

/** What an app can be told: variables of the backend's example, flags in the others' README. */
function settingsOf(app: string): string[] {
  const text = (path: string) => readFileSync(new URL(`../../../../${path}`, import.meta.url), "utf8");
  if (app === "backend") return text("apps/backend/.env.example").match(/^[A-Z_]+(?==)/gm) ?? [];
  const readme = text(app === "evaluator" ? "packages/evaluator/README.md" : `apps/${app}/README.md`);
  const rows = readme.match(/^\| `ASSAY_.*$/gm) ?? [];
  // What has no flag is told by its variable.
  const flags = rows.flatMap((row) => {
    const [, variable = "", flag = ""] = row.split("|");
    return flag.match(/--[a-z][a-z._-]+/g) ?? variable.match(/ASSAY_\w+/g) ?? [];
  });
  expect(flags.length).toBeGreaterThan(4);
  // The dotted names stand for these.
  return flags.filter((flag) => !/^--(wallet|subtensor)-/.test(flag));
}
