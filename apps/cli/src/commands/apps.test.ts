import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
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
  const options = { cwd: folder, env: { PATH: process.env["PATH"] ?? "", ...env } };
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

test("all print their help without starting anything", async () => {
  const help = ["validator", "evaluator", "miner"].map((app) => run(app, "--help"));
  const [validator, evaluator, miner] = await Promise.all(help);
  expect(validator?.results.join("\n")).toMatch(/doctor[^]*--wallet\.name/);
  expect(evaluator?.results.join("\n")).toMatch(/--join[^]*--join-secret-file/);
  expect(miner?.results.join("\n")).toMatch(/--wallet\.name[^]*--competition/);
  expect([validator?.code, evaluator?.code, miner?.code]).toEqual([0, 0, 0]);
});
